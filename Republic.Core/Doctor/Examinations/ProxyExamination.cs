using Microsoft.Extensions.Configuration;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the proxy before Republic is known to it, and whether one is set that it does not use for its own calls.</summary>
internal sealed class ProxyExamination(IConfiguration configuration) : IExamination
{
    private static readonly string[] OutboundVariables = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];
    private static readonly string[] Everybody = ["0.0.0.0/0", "::/0"];

    public string Check => "proxy";

    private string[] Known => [.. configuration.GetSection("Proxy:Known").GetChildren().Select(one => one.Value).OfType<string>()];

    public Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        List<Finding> found = [.. OfProxy(), .. OfOutbound()];
        if (found.Count == 0)
        {
            var site = configuration["Proxy:PublicUrl"];
            found.Add(
                Finding.Good(
                    Check,
                    string.IsNullOrEmpty(site)
                        ? "No proxy is configured, so that people reach Republic directly."
                        : $"People reach Republic at {site}{(Known.Length > 0 ? $", by the proxy {string.Join(", ", Known)}" : "")}."
                )
            );
        }

        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    private IEnumerable<Finding> OfProxy() =>
        configuration["Proxy:PublicUrl"] is not { Length: > 0 } text ? OfNoSite()
        : Uri.TryCreate(text, UriKind.Absolute, out var site) && site.Scheme is "https" or "http" ? OfSite(site)
        :
        [
            Finding.Trouble(
                Check,
                "Proxy:PublicUrl is no address of a site, so that Republic does not start.",
                "Set Proxy__PublicUrl to what people type, without a path, such as https://republic.example.org."
            ),
        ];

    private IEnumerable<Finding> OfNoSite()
    {
        if (Known.Length > 0)
        {
            yield return Finding.Warning(
                Check,
                "Proxy:Known names a proxy, and Proxy:PublicUrl does not say what people type.",
                "Set Proxy__PublicUrl to it, so that cookies and links are those of that address."
            );
        }
    }

    private IEnumerable<Finding> OfSite(Uri site)
    {
        if (site.Scheme == Uri.UriSchemeHttp && !site.IsLoopback)
        {
            yield return Finding.Warning(
                Check,
                $"People reach Republic at {site.Host} without encryption.",
                "Have the proxy end TLS, and write Proxy__PublicUrl with https."
            );
        }

        if (site.Scheme == Uri.UriSchemeHttps && Known.Length == 0)
        {
            yield return Finding.Warning(
                Check,
                "Proxy:Known names no proxy, so that all requests seem to come from one address, and a few wrong passwords make everybody wait.",
                "Set Proxy__Known__0 to the address of the proxy, such as 127.0.0.1."
            );
        }

        if (Known.Any(known => Everybody.Contains(known)))
        {
            yield return Finding.Warning(
                Check,
                "Proxy:Known believes X-Forwarded-For of anybody, so that nobody's address is certain.",
                "Name the address of the proxy alone in Proxy__Known__0."
            );
        }

        if (!IsAllowed(site.IdnHost))
        {
            yield return Finding.Trouble(
                Check,
                $"AllowedHosts does not list {site.IdnHost}, so that requests for it are refused.",
                $"Set AllowedHosts to {site.IdnHost}."
            );
        }
    }

    private IEnumerable<Finding> OfOutbound()
    {
        if (OutboundVariables.FirstOrDefault(name => configuration[name] is { Length: > 0 }) is { } variable)
        {
            yield return Finding.Warning(
                Check,
                $"{variable} is set, and Republic calls providers directly, without that proxy.",
                "Let this machine reach the providers over HTTPS, or use providers and models inside your network."
            );
        }
    }

    private bool IsAllowed(string host) =>
        (configuration["AllowedHosts"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Any(allowed =>
                allowed == "*"
                || allowed.Equals(host, StringComparison.OrdinalIgnoreCase)
                || (allowed.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase))
            );
}
