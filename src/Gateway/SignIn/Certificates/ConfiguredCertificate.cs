using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace RestateCloud.Gateway.SignIn.Certificates;

/// <summary>A server certificate that the operator brings.</summary>
internal static class ConfiguredCertificate
{
    /// <summary>Reads it from two PEM files.</summary>
    /// <param name="section">The configuration section that names them as <c>CertificateFile</c> and <c>KeyFile</c>, for the error.</param>
    /// <param name="certificateFile">The certificate.</param>
    /// <param name="keyFile">Its private key.</param>
    /// <exception cref="OptionsValidationException">They cannot be read or do not belong together.</exception>
    public static X509Certificate2 Load(string section, string certificateFile, string? keyFile)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var message = $"{section}:CertificateFile and {section}:KeyFile must name PEM files that belong together: {exception.Message}";
            throw new OptionsValidationException(section, typeof(X509Certificate2), [message]);
        }
    }
}
