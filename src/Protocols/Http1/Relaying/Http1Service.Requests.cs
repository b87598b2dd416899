using System.Buffers;
using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

// What goes out.
public sealed partial class Http1Service
{
    private readonly BodyEncoder _requestBody = new();
    private bool _isIdempotent;

    private protected override void Open(RelayStream stream, HeaderFields request, bool isLast)
    {
        var method = request.Value(request.Single(":method"u8));
        stream.IsHead = method.SequenceEqual("HEAD"u8);
        stream.OutputEnded = isLast;
        _isIdempotent = stream.IsHead || method.SequenceEqual("GET"u8) || method.SequenceEqual("OPTIONS"u8) || method.SequenceEqual("PUT"u8) || method.SequenceEqual("DELETE"u8);
        (_current, _isHeard) = (stream, false);
        _requests++;
        OutgoingRequest.Write(_output.Waiting, request, isLast, _requestBody);
    }

    /// <summary>Passes trailers on; a request's headers came when it was opened.</summary>
    internal override void PassHeaders(RelayStream stream, HeaderFields fields, bool isLast)
    {
        lock (Gate)
        {
            if (stream.IsClosed || stream.OutputEnded) return;
            if (TryEndRequest(stream, fields)) return;
        }

        End("The request is not as long as its fields say.");
    }

    internal override bool PassData(RelayStream stream, in ReadOnlySequence<byte> data, bool isLast)
    {
        lock (Gate)
        {
            if (stream.IsClosed || stream.OutputEnded) return true;
            if (_requestBody.TryWrite(_output.Waiting, data) && (!isLast || TryEndRequest(stream, trailers: null)))
            {
                return data.IsEmpty || _output.Length <= Limits.OutputBytes || !_output.TryOwe(stream.Other!, (int)data.Length);
            }
        }

        End("The request is not as long as its fields say.");
        return true;
    }

    // HTTP/1.1 has no way to take a request back but to leave.
    internal override void PassReset(RelayStream stream, Http2ErrorCode code) => Drop(stream, code);

    internal override void Lost(RelayStream stream, string why, Http2ErrorCode code, RelayFailure failure = RelayFailure.Lost) => Drop(stream, code);

    internal override void Drop(RelayStream stream, Http2ErrorCode code)
    {
        lock (Gate)
        {
            if (stream.IsClosed) return;
            Close(stream);
            _isClosing = true;
        }

        End("The caller has left.");
    }

    internal override void Flush() => _output.Send();

    // Whoever reads comes to the end, maybe after an answer that says why.
    private void OnSendFailed(string why)
    {
        lock (Gate) _isClosing = true;
    }

    private bool TryEndRequest(RelayStream stream, HeaderFields? trailers)
    {
        stream.OutputEnded = true;
        return _requestBody.TryEnd(_output.Waiting, trailers);
    }

    private bool IsSent(RelayStream stream) => stream.OutputEnded || _requestBody.IsComplete;
}
