namespace RestateCloud.Silo.FirstRun;

/// <summary>What the person who has started the cloud reads: where it is, how to sign in, and the way to a first invocation.</summary>
internal static class Welcome
{
    // The version of the official CLI that this cloud is tested with.
    private const string Cli = "npx -y @restatedev/restate@1.7.12";

    public static string Text(FirstRunFile first, FirstUser user, CliFolder cli, string dataFolder, string domainSuffix)
    {
        var header = $"-H @{Quote(cli.HeaderFile)}";
        var ingress = new Uri(first.IngressBaseUrl);
        return $$"""

            Restate Cloud is running. Its data is in {{dataFolder}}

              control API    {{first.ApiBaseUrl}}
              ingress        {{first.IngressBaseUrl}}
              admin          {{first.AdminBaseUrl}}
              tunnel proxy   {{first.ProxyBaseUrl}}

              first user     {{first.Email}} ({{first.UserId}})
              password       {{user.NewPassword ?? "as shown at the first start"}}
              access token   in {{Path.Combine(dataFolder, "first-run.json")}}, valid for 12 hours from now

            From here to a first invocation, in another terminal in this folder:

              export RESTATE_CLI_CONFIG_HOME={{Quote(Path.GetDirectoryName(cli.HeaderFile)!)}}; ACCOUNT=$(curl -sS {{header}} --json '{"name":"me"}' {{first.ApiBaseUrl}}/cloud/CreateAccount | grep -o 'acc_[a-z0-9]*')
              ENVIRONMENT=$(curl -sS {{header}} --json '{"name":"dev"}' {{first.ApiBaseUrl}}/cloud/$ACCOUNT/CreateEnvironment | grep -o 'env_[a-z0-9]*'); {{Cli}} cloud env configure dev
              npm --prefix examples/greeter install; npm --prefix examples/greeter start & until curl -so /dev/null --http2-prior-knowledge localhost:9080; do sleep 1; done; {{Cli}} deployments register -y http://localhost:9080
              curl {{header}} --json '"you"' http://${ENVIRONMENT#env_}.{{domainSuffix}}:{{ingress.Port}}/Greeter/greet

            Ctrl+C stops the cloud. Environments keep running and are taken up again at the next start; '-- stop' ends them.

            """;
    }

    private static string Quote(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-') ? path : $"'{path.Replace("'", "'\\''")}'";
}
