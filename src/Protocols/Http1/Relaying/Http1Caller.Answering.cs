using System.Buffers;
using System.Buffers.Text;
using RestateCloud.Protocols.Http2;
using RestateCloud.Protocols.Http2.Hpack;
using RestateCloud.Protocols.Http2.Relaying;

namespace RestateCloud.Protocols.Http1.Relaying;

// What goes out: one answer after the other.
public sealed partial class Http1Caller
{
    private readonly BodyEncoder _answer = new();
    private bool _isHeadSent;

    internal override void PassHeaders(RelayStream stream, HeaderFields fields, bool isLast)
    {
        lock (Gate)
        {
            if (_isOver || stream.IsClosed || stream.OutputEnded) return;
            if (_isHeadSent)
            {
                EndAnswer(stream, fields);
                return;
            }

            if (!Utf8Parser.TryParse(fields.Value(0), out int status, out _) || status < 200) return;
            BeginAnswer(stream, status, fields, isLast);
            if (isLast) EndAnswer(stream);
        }
    }

    internal override bool PassData(RelayStream stream, in ReadOnlySequence<byte> data, bool isLast)
    {
        lock (Gate)
        {
            if (_isOver || stream.IsClosed || stream.OutputEnded) return true;
            if (!_answer.TryWrite(_output.Waiting, data)) CutOff();
            else if (isLast) EndAnswer(stream);
            return _output.Length <= Limits.OutputBytes || !_output.TryOwe(stream.Other!, (int)data.Length);
        }
    }

    internal override void PassReset(RelayStream stream, Http2ErrorCode code)
    {
        lock (Gate)
        {
            if (stream.IsClosed) return;
            // What is left of the request is not wanted (RFC 9113, section 8.1); else the answer breaks off.
            if (stream.OutputEnded) Close(stream);
            else CutOff();
        }
    }

    internal override void Lost(RelayStream stream, string why, Http2ErrorCode code, RelayFailure failure = RelayFailure.Lost)
    {
        RelayEnd? next = null;
        lock (Gate)
        {
            if (stream.IsClosed) return;
            if (failure == RelayFailure.NotTaken && !stream.IsBegun && stream.Call?.TryAgain(stream, stream.InputEnded) == true) next = stream.Other!.Connection;
            else if (stream.OutputEnded) Close(stream);
            else if (!_isHeadSent && stream.Call?.Failed(failure, why) is { } answer) Answer(stream, answer);
            else CutOff();
        }

        next?.Flush();
    }

    internal override void Drop(RelayStream stream, Http2ErrorCode code)
    {
        lock (Gate)
        {
            if (!stream.IsClosed) CutOff();
        }
    }

    internal override void Credit(RelayStream? stream, int length)
    {
        lock (Gate)
        {
            if (stream is null || stream.IsClosed) return;
            stream.ReceiveWindow += length;
            // Not for each small piece.
            if (stream.ReceiveWindow >= Limits.StreamWindow / 4) Changed();
        }
    }

    private void BeginAnswer(RelayStream stream, int status, HeaderFields fields, bool isLast)
    {
        _isHeadSent = true;
        AnswerHead.Write(_output.Waiting, status, fields, isLast, stream.IsHead, _isClosing, _answer);
    }

    private void EndAnswer(RelayStream stream, HeaderFields? trailers = null)
    {
        if (!_answer.TryEnd(_output.Waiting, trailers))
        {
            CutOff();
            return;
        }

        stream.OutputEnded = true;
        CloseIfEnded(stream);
    }

    private void Answer(RelayStream stream, RelayAnswer answer)
    {
        var fields = new HeaderFields(Limits.HeaderBytes);
        answer.Write(fields);
        BeginAnswer(stream, answer.Status, fields, isLast: false);
        if (!stream.IsHead) _answer.TryWrite(_output.Waiting, new ReadOnlySequence<byte>(answer.Body));
        EndAnswer(stream);
        // What is left of the request is not wanted.
        if (!stream.IsClosed) Close(stream);
    }
}
