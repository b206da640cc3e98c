using System.Net;
using System.Net.NetworkInformation;

namespace Republic.Web.Http.Security;

/// <summary>
/// Which names the app answers to when <c>AllowedHosts</c> is not set: this machine's own. A page of another name that resolves
/// here (DNS rebinding) gets nothing.
/// </summary>
public static class HostDefaults
{
    public static void AddHostDefaults(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["AllowedHosts"]))
        {
            builder.Configuration["AllowedHosts"] = string.Join(';', For(builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? ""));
        }
    }

    internal static IEnumerable<string> For(string urls)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var host = BindingAddress.Parse(url).Host;
            if (host is "*" or "+" or "0.0.0.0" or "[::]")
            {
                hosts.UnionWith(OwnAddresses());
            }
            else
            {
                hosts.Add(host);
            }
        }

        return hosts;
    }

    private static IEnumerable<string> OwnAddresses() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(own =>
                own.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                    ? $"[{Bare(own.Address)}]"
                    : own.Address.ToString()
            )
            .Append(Dns.GetHostName());

    private static string Bare(IPAddress address) => address.ToString().Split('%')[0];
}
