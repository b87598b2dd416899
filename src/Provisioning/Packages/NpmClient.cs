using System.ComponentModel;
using System.Diagnostics;
using RestateCloud.Grains.Provisioning;

namespace RestateCloud.Provisioning.Packages;

/// <summary>Runs the machine's own npm client, which knows the registry, proxy and credentials to use.</summary>
internal static class NpmClient
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <summary>Installs one package into an empty folder without running any script of it.</summary>
    public static async Task InstallAsync(string npm, NpmPackage package, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(npm)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])
            [
                "install", $"{package.Name}@{package.Version}", "--prefix", folder,
                "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error",
            ])
            start.ArgumentList.Add(argument);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        using var process = Start(start, package);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = await process.StandardError.ReadToEndAsync(timeout.Token);
            await output;
            await process.WaitForExitAsync(timeout.Token);
            if (process.ExitCode != 0) throw new ProvisioningException(Explain(package, errors));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProvisioningException($"npm did not fetch {package} within {Timeout.TotalMinutes:0} minutes.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static Process Start(ProcessStartInfo start, NpmPackage package)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ProvisioningException(
                $"npm is needed to fetch {package} and could not be started ({start.FileName}); install Node.js with npm, or put it on PATH.",
                e);
        }
    }

    private static string Explain(NpmPackage package, string errors)
    {
        if (errors.Contains("ETARGET", StringComparison.Ordinal) || errors.Contains("E404", StringComparison.Ordinal))
            return $"npm knows no {package}.";

        var line = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(line => !line.StartsWith("npm warn", StringComparison.OrdinalIgnoreCase));
        return $"npm could not fetch {package}: {line ?? "it gave no reason"}";
    }
}
