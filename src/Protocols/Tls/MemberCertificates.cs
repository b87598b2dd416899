namespace RestateCloud.Protocols.Tls;

/// <summary>
/// A member's identity, read again when its files change: certificates and authorities are replaced without a restart. Connections that
/// there are stay as they are.
/// </summary>
public sealed class MemberCertificates
{
    /// <summary>How long a connection may still be made as if the files had not changed.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly MemberCertificateFiles _files;
    private readonly Func<MemberIdentity, string?> _objection;
    private readonly TimeProvider _clock;
    private readonly Lock _reading = new();
    private MemberPem _pem;
    private MemberIdentity _identity;
    private long _readAt;
    private string? _complaint;

    /// <summary>Reads the files.</summary>
    /// <param name="files">Which.</param>
    /// <param name="clock">The time.</param>
    /// <param name="objection">What else there may be against an identity, as a sentence.</param>
    /// <exception cref="CertificateFilesException">They cannot be used.</exception>
    public MemberCertificates(MemberCertificateFiles files, TimeProvider clock, Func<MemberIdentity, string?>? objection = null)
    {
        (_files, _clock, _objection) = (files, clock, objection ?? (_ => null));
        _readAt = clock.GetTimestamp();
        _pem = files.Read();
        _identity = IdentityOf(_pem);
    }

    /// <summary>The files have changed, and what is in them now is used from here on.</summary>
    public event Action<MemberIdentity>? Replaced;

    /// <summary>The files have changed to what cannot be used, and what was read before stays. Told once for each reason.</summary>
    public event Action<CertificateFilesException>? NotReplaced;

    /// <summary>What to make the next connection with.</summary>
    public ValueTask<MemberIdentity> GetAsync(CancellationToken cancellationToken) =>
        _clock.GetElapsedTime(Volatile.Read(ref _readAt)) < Freshness ? new(Volatile.Read(ref _identity)) : new(Task.Run(ReadAgain, cancellationToken));

    private MemberIdentity ReadAgain()
    {
        lock (_reading)
        {
            if (_clock.GetElapsedTime(_readAt) < Freshness) return _identity;
            try
            {
                var pem = _files.Read();
                if (pem != _pem)
                {
                    Volatile.Write(ref _identity, IdentityOf(pem));
                    (_pem, _complaint) = (pem, null);
                    Replaced?.Invoke(_identity);
                }
            }
            catch (CertificateFilesException exception)
            {
                if (exception.Message != _complaint) NotReplaced?.Invoke(exception);
                _complaint = exception.Message;
            }

            Volatile.Write(ref _readAt, _clock.GetTimestamp());
            return _identity;
        }
    }

    private MemberIdentity IdentityOf(MemberPem pem)
    {
        var identity = MemberIdentity.Of(_files, pem);
        return _objection(identity) is { } objection ? throw new CertificateFilesException(objection) : identity;
    }
}
