using System.Diagnostics;
using System.Text.Json;
using RestateCloud.Cedar.Tests.Oracle;

[assembly: AssemblyFixture(typeof(CedarWasm))]

namespace RestateCloud.Cedar.Tests.Oracle;

/// <summary>
/// The reference implementation: one node process for all tests, which runs <c>@cedar-policy/cedar-wasm</c> and is asked line
/// by line. Tests that need it are skipped where node or the package cannot be had.
/// </summary>
public sealed class CedarWasm : IAsyncDisposable
{
    private readonly Lazy<Task<(Process? Process, string? Absence)>> _started = new(StartAsync);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Calls a function of the package with one argument, given as JSON, and returns the answer, or null when the package crashed on it.</summary>
    public async Task<JsonElement?> AskAsync(string method, string call, CancellationToken cancellationToken)
    {
        var (process, absence) = await _started.Value;
        if (process is null) Assert.Skip($"the Cedar reference implementation is absent: {absence}");
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { method, call }).AsMemory(), cancellationToken);
            await process.StandardInput.FlushAsync(cancellationToken);
            var line = await process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException("the reference implementation ended");
            using var document = JsonDocument.Parse(line);
            if (!document.RootElement.TryGetProperty("answer", out var answer)) return null;
            using var parsed = JsonDocument.Parse(answer.GetString()!, new JsonDocumentOptions { MaxDepth = 10_000 });
            return parsed.RootElement.Clone();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        if (!_started.IsValueCreated || (await _started.Value).Process is not { } process) return;
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill();
        process.Dispose();
    }

    private static async Task<(Process? Process, string? Absence)> StartAsync()
    {
        try
        {
            var package = await CedarWasmPackage.InstallAsync();
            return (Process.Start(new ProcessStartInfo("node")
            {
                ArgumentList = { "-e", Script(), Path.Combine(package, "node_modules", "@cedar-policy", "cedar-wasm", "nodejs") },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }), null);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            return (null, error.Message);
        }
    }

    private static string Script()
    {
        using var source = new StreamReader(typeof(CedarWasm).Assembly.GetManifestResourceStream("oracle.js")!);
        return source.ReadToEnd();
    }
}
