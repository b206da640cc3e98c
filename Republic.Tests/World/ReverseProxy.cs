using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Republic.Tests.Architecture;

namespace Republic.Tests.World;

/// <summary>A real proxy with the settings that docs/proxy shows; only ports, the certificate and where it keeps its own files differ.</summary>
public sealed class ReverseProxy : IAsyncDisposable
{
    /// <summary>Another address of this machine than the proxy's own, so that the two can be told apart.</summary>
    public const string ClientAddress = "127.0.0.2";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-proxy-");
    private readonly int port = FreePort();
    private Process? process;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The site as people see it, whatever port the proxy listens at here.</summary>
    public SocketsHttpHandler Handler() =>
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == $"CN={BehindProxy.Host}" },
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(ClientAddress), 0));
                await socket.ConnectAsync(IPAddress.Loopback, port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };

    public async Task StartAsync(string name, Uri republic)
    {
        WriteCertificate();
        var (certificate, key) = (Path.Combine(folder.FullName, "site.pem"), Path.Combine(folder.FullName, "site.key"));
        process = name == "nginx" ? StartNginx(republic, certificate, key) : StartCaddy(republic, certificate, key);
        using var http = new HttpClient(Handler()) { BaseAddress = new Uri(BehindProxy.Site) };
        await Until.TrueAsync(async () =>
        {
            Assert.False(process.HasExited, $"{name} ended by itself.");
            try
            {
                using var answer = await http.GetAsync("/health/live", Ct);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private Process StartNginx(Uri republic, string certificate, string key)
    {
        var shown = Example("nginx.conf")
            .Replace("listen 80;", $"listen 127.0.0.1:{FreePort()};", StringComparison.Ordinal)
            .Replace("listen 443 ", $"listen 127.0.0.1:{port} ", StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/republic.example.org/fullchain.pem", certificate, StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/republic.example.org/privkey.pem", key, StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5080", $"http://{republic.Authority}", StringComparison.Ordinal);
        var settings = Path.Combine(folder.FullName, "nginx.conf");
        File.WriteAllText(
            settings,
            $$"""
            daemon off;
            pid nginx.pid;
            error_log error.log;
            events { }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                {{shown}}
            }
            """
        );
        return Run(Program("nginx", "usr/sbin/nginx"), "-p", folder.FullName, "-c", settings, "-e", "error.log");
    }

    private Process StartCaddy(Uri republic, string certificate, string key)
    {
        var shown = Example("Caddyfile")
            .Replace(
                "republic.example.org {",
                $"https://republic.example.org:{port} {{\n tls {certificate} {key}",
                StringComparison.Ordinal
            )
            .Replace("127.0.0.1:5080", republic.Authority, StringComparison.Ordinal);
        var settings = Path.Combine(folder.FullName, "Caddyfile");
        File.WriteAllText(settings, $"{{\n admin off\n auto_https disable_redirects\n}}\n{shown}");
        return Run(Program("caddy", "usr/bin/caddy"), "run", "--config", settings, "--adapter", "caddyfile");
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={BehindProxy.Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(BehindProxy.Host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder.FullName, "site.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "site.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Example(string file) => File.ReadAllText(Path.Combine(SourceFile.Root, "docs", "proxy", file));

    /// <summary>As dev/test unpacked it, else the machine's own.</summary>
    private static string Program(string name, string unpacked)
    {
        var path = Path.Combine(SourceFile.Root, "artifacts", "proxies", unpacked);
        return File.Exists(path) ? path : name;
    }

    // Its words go into a file: a pipe that nobody reads would stop it.
    private Process Run(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >out.log 2>&1 </dev/null", program, .. arguments])
            {
                WorkingDirectory = folder.FullName,
                Environment =
                {
                    ["HOME"] = folder.FullName,
                    ["XDG_DATA_HOME"] = folder.FullName,
                    ["XDG_CONFIG_HOME"] = folder.FullName,
                },
            }
        )!;

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
