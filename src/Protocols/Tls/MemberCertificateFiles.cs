namespace RestateCloud.Protocols.Tls;

/// <summary>PEM files of a member.</summary>
/// <param name="Section">The configuration section whose settings name them, for errors.</param>
/// <param name="CertificateFile">What it shows others; certificates between it and the authority may follow in the file.</param>
/// <param name="KeyFile">The private key of that.</param>
/// <param name="AuthorityFile">Whose certificates make a member: one authority, or several while one replaces another.</param>
public sealed record MemberCertificateFiles(string Section, string CertificateFile, string KeyFile, string AuthorityFile)
{
    /// <exception cref="CertificateFilesException">One cannot be read.</exception>
    internal MemberPem Read() => new(
        Read(nameof(CertificateFile), CertificateFile), Read(nameof(KeyFile), KeyFile), Read(nameof(AuthorityFile), AuthorityFile));

    private string Read(string setting, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CertificateFilesException($"{Section}:{setting} must name a PEM file: {exception.Message}", exception);
        }
    }
}

/// <summary>The content of a member's files.</summary>
internal sealed record MemberPem(string Certificate, string Key, string Authority);
