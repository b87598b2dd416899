using System.Diagnostics;

namespace RestateCloud.Cedar.Tests.Oracle;

/// <summary>Installs the reference implementation once a user, outside the repository, with npm.</summary>
internal static class CedarWasmPackage
{
    /// <summary>The version whose answers are the truth: that of language version 4.5.</summary>
    public const string Version = "4.10.0";

    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The folder that holds the package's <c>node_modules</c>.</summary>
    /// <exception cref="InvalidOperationException">npm could not install it.</exception>
    public static async Task<string> InstallAsync()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var folder = Path.Combine(cache, "restate-cloud", $"cedar-wasm-{Version}");
        if (Directory.Exists(folder)) return folder;

        // Installed aside and moved in one step, so that a run that is killed or two at once leave no half of it.
        var aside = $"{folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(aside);
        try
        {
            await RunNpmAsync(aside);
            Directory.Move(aside, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another run was first; its copy is as good.
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }

        return folder;
    }

    private static async Task RunNpmAsync(string folder)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm")
        {
            ArgumentList = { "install", "--prefix", folder, "--no-audit", "--no-fund", $"@cedar-policy/cedar-wasm@{Version}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var timeout = new CancellationTokenSource(InstallTimeout);
        var output = npm.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = npm.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await npm.WaitForExitAsync(timeout.Token);
            await output;
            if (npm.ExitCode != 0) throw new InvalidOperationException($"npm install failed: {await errors}");
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"npm install took longer than {InstallTimeout}");
        }
    }
}
