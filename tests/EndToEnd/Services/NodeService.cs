using System.Text.RegularExpressions;
using RestateCloud.EndToEnd.Tests.Tools;
using RestateCloud.TestSupport;

namespace RestateCloud.EndToEnd.Tests.Services;

/// <summary>A TypeScript service on the official SDK, on a free loopback port, that lets only those call it whose keys it is given.</summary>
public sealed partial class NodeService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly string _main;
    private readonly string[] _identityKeys;
    private readonly Laptop? _laptop;
    private readonly string _httpVersion;
    private ChildProcess _process;

    private NodeService(TemporaryFolder folder, string main, string[] identityKeys, Laptop? laptop, string httpVersion, ChildProcess process, Uri url) =>
        (_folder, _main, _identityKeys, _laptop, _httpVersion, _process, Url) = (folder, main, identityKeys, laptop, httpVersion, process, url);

    private static string Workbenches => Path.Combine(Build.Repository, "tests", "EndToEnd", "Services");

    public Uri Url { get; }

    public string Output => _process.Output;

    /// <summary>The example that newcomers run.</summary>
    public static Task<NodeService> GreeterAsync(params string[] identityKeys) => StartAsync(Path.Combine(Build.Repository, "examples", "greeter", "src"), "app.ts", identityKeys, null);

    /// <summary>The services of this folder: one handler for each thing that the tests need to happen.</summary>
    public static Task<NodeService> WorkbenchAsync(params string[] identityKeys) => WorkbenchAsync(null, identityKeys);

    /// <summary>The same on a laptop, where nobody but its own programs reaches them.</summary>
    public static Task<NodeService> WorkbenchAsync(Laptop? laptop, params string[] identityKeys) =>
        StartAsync(Workbenches, "workbench.ts", identityKeys, laptop);

    /// <summary>The same as a server that speaks HTTP/1.1 and nothing else.</summary>
    public static Task<NodeService> Http1WorkbenchAsync(params string[] identityKeys) => StartAsync(Workbenches, "workbench.ts", identityKeys, null, "1.1");

    /// <summary>SIGKILL, and a new process on the same port.</summary>
    /// <param name="whileGone">What is done between the two.</param>
    public async Task RestartAsync(Func<Task> whileGone)
    {
        await _process.DisposeAsync();
        await whileGone();
        _process = await StartProcessAsync(_folder, _main, _identityKeys, _laptop, _httpVersion, Url.Port);
        await UrlAsync(_process);
    }

    private static async Task<NodeService> StartAsync(string source, string main, string[] identityKeys, Laptop? laptop, string httpVersion = "2")
    {
        var folder = new TemporaryFolder("rc-node-");
        ChildProcess? process = null;
        try
        {
            // Node looks for packages beside the sources, and strips the types of no file inside node_modules.
            foreach (var file in Directory.EnumerateFiles(source, "*.ts")) File.Copy(file, folder.File(Path.GetFileName(file)));
            await File.WriteAllTextAsync(folder.File("package.json"), """{ "type": "module" }""");
            File.CreateSymbolicLink(folder.File("node_modules"), await Programs.SdkAsync());

            process = await StartProcessAsync(folder, main, identityKeys, laptop, httpVersion, port: 0);
            return new NodeService(folder, main, identityKeys, laptop, httpVersion, process, await UrlAsync(process));
        }
        catch
        {
            if (process is not null) await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<ChildProcess> StartProcessAsync(TemporaryFolder folder, string main, string[] identityKeys, Laptop? laptop, string httpVersion, int port)
    {
        var variables = new Dictionary<string, string?> { ["RESTATE_IDENTITY_KEYS"] = string.Join(',', identityKeys), ["PORT"] = $"{port}", ["HTTP_VERSION"] = httpVersion };
        var node = await Programs.NodeAsync();
        return laptop is null ? ChildProcess.Start(node, [main], folder.Path, variables) : laptop.Start(node, [main], folder.Path, variables);
    }

    private static async Task<Uri> UrlAsync(ChildProcess process) =>
        new((await process.OutputMatchesAsync(Listening(), TimeSpan.FromSeconds(30))).Groups["url"].Value);

    [GeneratedRegex(@"^Listening on (?<url>http://\S+)\n", RegexOptions.Multiline)]
    private static partial Regex Listening();
}
