using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RestateCloud.Provisioning.LocalProcesses.Interop;

/// <summary>Folders that only this user can look into.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int CurrentFolder = -100, DoNotFollow = 0x100, BasicStats = 0x7FF;
    private const int OwnerOffset = 20, ModeOffset = 28, TypeMask = 0xF000, FolderType = 0x4000;

    /// <summary>Makes the folder, mode 0700; one that is there gets that mode.</summary>
    public static void Create(string path)
    {
        Directory.CreateDirectory(path, OwnerOnly);
        if (File.GetUnixFileMode(path) != OwnerOnly) File.SetUnixFileMode(path, OwnerOnly);
    }

    /// <summary>
    /// As <see cref="Create"/>, in a place where others can make files too, such as /tmp: refuses a folder that another user made
    /// and a link.
    /// </summary>
    /// <exception cref="IOException">Somebody else's, or no folder.</exception>
    public static void CreateInSharedPlace(string path)
    {
        Directory.CreateDirectory(path, OwnerOnly);
        // struct statx: stx_uid at 20, stx_mode (16 bits) at 28, on every architecture.
        var stat = new byte[256];
        if (Libc.Stat(CurrentFolder, path, DoNotFollow, BasicStats, stat) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        var mode = BitConverter.ToUInt16(stat, ModeOffset);
        if (BitConverter.ToUInt32(stat, OwnerOffset) != Libc.EffectiveUser() || (mode & TypeMask) != FolderType)
            throw new IOException($"{path} is not a folder of this user; remove it.");
        if ((mode & 0x1FF) != (int)OwnerOnly) File.SetUnixFileMode(path, OwnerOnly);
    }
}
