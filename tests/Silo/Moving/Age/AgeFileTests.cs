using System.Security.Cryptography;
using System.Text;
using RestateCloud.Silo.Moving.Age;

namespace RestateCloud.Silo.Tests.Moving.Age;

public sealed class AgeFileTests
{
    // The least that scrypt takes, for speed.
    private const int WorkFactor = 1;
    private const int Chunk = 64 * 1024;

    private static readonly byte[] Passphrase = "correct horse battery"u8.ToArray();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((2 * Chunk) + 5)]
    public async Task What_was_encrypted_is_decrypted(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        Assert.Equal(content, await DecryptAsync(await EncryptAsync(content)));
    }

    [Fact]
    public async Task A_file_that_the_age_program_wrote_is_decrypted()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Moving", "Stored", "written-by-age-1.1.1.age"));

        Assert.Equal("Written by age itself.\n", Encoding.UTF8.GetString(await DecryptAsync(file)));
    }

    [Fact]
    public async Task Another_passphrase_is_refused()
    {
        var file = await EncryptAsync("secret"u8.ToArray());

        var refusal = await Assert.ThrowsAsync<AgeException>(() => DecryptAsync(file, "correct horse batterx"u8.ToArray()));

        Assert.Contains("passphrase", refusal.Message);
    }

    [Fact]
    public async Task A_change_of_any_byte_is_noticed()
    {
        var file = await EncryptAsync("secret"u8.ToArray());
        for (var i = 0; i < file.Length; i++)
        {
            var altered = file.ToArray();
            altered[i] ^= 1;
            await Assert.ThrowsAsync<AgeException>(() => DecryptAsync(altered));
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 6)]
    public async Task A_file_that_ends_early_or_late_is_refused(int length)
    {
        var file = await EncryptAsync(RandomNumberGenerator.GetBytes(length));
        int[] ends = [0, 10, 100, 200, file.Length - Chunk - 16, file.Length - 22, file.Length - 1];
        foreach (var end in ends.Where(end => end >= 0 && end < file.Length)) await Assert.ThrowsAsync<AgeException>(() => DecryptAsync(file[..end]));

        await Assert.ThrowsAsync<AgeException>(() => DecryptAsync([.. file, 0]));
    }

    [Fact]
    public async Task Chunks_in_another_order_are_refused()
    {
        var file = await EncryptAsync(RandomNumberGenerator.GetBytes(3 * Chunk));
        var (sealedChunk, payload) = (Chunk + 16, file.Length - (3 * (Chunk + 16)));
        byte[] swapped = [.. file[..payload], .. file[(payload + sealedChunk)..(payload + (2 * sealedChunk))], .. file[payload..(payload + sealedChunk)], .. file[(payload + (2 * sealedChunk))..]];

        await Assert.ThrowsAsync<AgeException>(() => DecryptAsync(swapped));
    }

    [Theory]
    [InlineData("")]
    [InlineData("age-encryption.org/v1\n")]
    [InlineData("age-encryption.org/v1\n-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    public async Task Other_files_and_unreasonable_ones_are_refused(string file)
    {
        await Assert.ThrowsAsync<AgeException>(() => DecryptAsync(Encoding.ASCII.GetBytes(file)));
        await Assert.ThrowsAsync<AgeException>(() => DecryptAsync([.. Encoding.ASCII.GetBytes(file), .. new byte[4096]]));
    }

    private static async Task<byte[]> EncryptAsync(byte[] content)
    {
        using var file = new MemoryStream();
        await using var encrypting = await AgeFile.EncryptAsync(file, Passphrase, WorkFactor, CancellationToken.None);
        await encrypting.WriteAsync(content);
        await encrypting.CompleteAsync(CancellationToken.None);
        return file.ToArray();
    }

    private static async Task<byte[]> DecryptAsync(byte[] file, byte[]? passphrase = null)
    {
        using var source = new MemoryStream(file);
        await using var decrypting = await AgeFile.DecryptAsync(source, passphrase ?? Passphrase, CancellationToken.None);
        using var content = new MemoryStream();
        await decrypting.CopyToAsync(content);
        return content.ToArray();
    }
}
