using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Republic.Core.Doctor.Examinations;

/// <summary>An address that the server listens on, as the configuration has it.</summary>
internal sealed partial record ListeningAddress(string Url, bool IsHttps, IPAddress Ip, int Port)
{
    /// <summary>What a listening server has by itself where nothing is configured.</summary>
    private const string Default = "http://localhost:5000";

    public bool IsOfThisMachineAlone => IPAddress.IsLoopback(Ip);

    /// <summary>Unix sockets are left out.</summary>
    public static IReadOnlyList<ListeningAddress> Of(IConfiguration configuration)
    {
        string[] endpoints = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(one => one["Url"]).OfType<string>()];
        string[] ports = [.. Split(configuration["http_ports"], "http"), .. Split(configuration["https_ports"], "https")];
        var urls =
            endpoints.Length > 0 ? endpoints
            : configuration["urls"] is { Length: > 0 } given ? given.Split(';')
            : ports.Length > 0 ? ports
            : [Default];
        return [.. urls.Select(url => Parse(url.Trim())).OfType<ListeningAddress>()];

        static IEnumerable<string> Split(string? ports, string scheme) =>
            (ports ?? "")
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(port => $"{scheme}://*:{port}");
    }

    internal static ListeningAddress? Parse(string url)
    {
        var parts = Address().Match(url);
        if (!parts.Success)
        {
            return null;
        }

        var isHttps = parts.Groups["scheme"].Value.Equals("https", StringComparison.OrdinalIgnoreCase);
        var port =
            parts.Groups["port"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture)
            : isHttps ? 443
            : 80;
        return port > IPEndPoint.MaxPort ? null : new ListeningAddress(url, isHttps, IpOf(parts.Groups["host"].Value), port);
    }

    /// <summary>The server takes any other name for all addresses of the machine.</summary>
    private static IPAddress IpOf(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip
        : IPAddress.Any;

    [GeneratedRegex(
        @"^(?<scheme>https?)://(?<host>\[[^\]]+\]|[^:/\[\]]+)(:(?<port>\d{1,5}))?(/.*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Address();
}
