using System.Runtime.InteropServices;

namespace RestateCloud.Provisioning.LocalProcesses.Interop;

/// <summary>Unmanaged memory of one call, freed together at its end.</summary>
internal sealed class NativeMemory : IDisposable
{
    private readonly List<nint> _blocks = [];

    /// <summary>Zeroed bytes.</summary>
    public nint Reserve(int bytes)
    {
        var block = Marshal.AllocCoTaskMem(bytes);
        _blocks.Add(block);
        Marshal.Copy(new byte[bytes], 0, block, bytes);
        return block;
    }

    /// <summary>A null-terminated array of UTF-8 strings, as <c>argv</c> and <c>envp</c> are.</summary>
    public nint Strings(IReadOnlyList<string> strings)
    {
        var array = Reserve((strings.Count + 1) * nint.Size);
        for (var i = 0; i < strings.Count; i++)
        {
            var text = Marshal.StringToCoTaskMemUTF8(strings[i]);
            _blocks.Add(text);
            Marshal.WriteIntPtr(array, i * nint.Size, text);
        }

        return array;
    }

    public void Dispose() => _blocks.ForEach(Marshal.FreeCoTaskMem);
}
