using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Republic.Core.Security;

/// <summary>
/// Decides what people may point this installation at. <see cref="Check"/> answers early and without DNS, for forms; the handlers of
/// <see cref="CreateHandler"/> check again at connect time, on the addresses that DNS really gave, and connect to those and no others.
/// </summary>
public sealed class OutboundGuard(IOptionsMonitor<OutboundOptions> options, AllowedHosts allowedHosts, IHostResolver resolver)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>What a refusal advises for a host and port that may be allowed.</summary>
    private Func<string, string> Advice { get; init; } = written => $"A superuser can allow {written} at /admin/hosts.";

    /// <summary>Null when nothing speaks against the URL yet; DNS is asked only when connecting.</summary>
    /// <param name="field">The field to blame, as the JSON API spells it.</param>
    public Failure? Check(Uri baseUrl, string field = "base_url")
    {
        if (!baseUrl.IsAbsoluteUri || (baseUrl.Scheme != Uri.UriSchemeHttp && baseUrl.Scheme != Uri.UriSchemeHttps))
        {
            return Failure.Invalid(field, "The URL must start with http:// or https://.");
        }

        if (baseUrl.UserInfo.Length > 0 || baseUrl.OriginalString.AsSpan().IndexOf('@') >= 0)
        {
            return Failure.Invalid(field, "The URL must not hold a user name or password. Put the key into the key field.");
        }

        var host = OutboundHost.Plain(baseUrl);
        return host is null
                ? Failure.Invalid(field, $"“{baseUrl.Host}” is not a host name that can be reached. Write it in plain letters and digits.")
            : Refusal(host, baseUrl.Port) is { } message ? Failure.Invalid(field, message)
            : null;
    }

    /// <summary>A guard for work that no allowance of this one is meant for: of private hosts it lets these through alone.</summary>
    /// <param name="hosts">Hosts, or host:port, as they are at the moment.</param>
    /// <param name="advice">What its refusals advise for a host and port.</param>
    internal OutboundGuard Only(Func<IEnumerable<string>> hosts, Func<string, string> advice) =>
        new(new Listed(hosts), new AllowedHosts(), resolver) { Advice = advice };

    /// <summary>The host and port of this address that a superuser may allow; null where nothing is in the way, or nobody can.</summary>
    public string? Allowable(string? baseUrl) =>
        Uri.TryCreate(baseUrl?.Trim(), UriKind.Absolute, out var url)
        && url.Scheme.StartsWith("http", StringComparison.Ordinal)
        && OutboundHost.Plain(url) is { } host
            ? Allowable(host, url.Port, IsLocal(host) ? IPAddress.Loopback : null)
            : null;

    /// <summary>The host and port of an earlier refusal, as its <see cref="OutboundRefusedException"/> named them; null where they are allowed by now.</summary>
    public string? StillRefused(string entry) =>
        OutboundHost.SplitPort(entry) is ({ } host, { } port)
        && (options.CurrentValue.AllowPrivateNetworks || IsListed(options.CurrentValue, host, port) || allowedHosts.Contains(host, port))
            ? null
            : entry;

    /// <summary>What a superuser wants to allow, in its plain spelling.</summary>
    internal Outcome<string> Entry(string text)
    {
        if (OutboundHost.SplitPort(text) is not ({ } host, { } port and > 0))
        {
            return Failure.Invalid("host", "Enter a host and its port, such as 192.168.1.20:11434.");
        }

        var address = IPAddress.TryParse(host, out var literal) ? literal : null;
        return address is not null && AddressKinds.Of(address) is AddressKind.Metadata or AddressKind.Reserved
            ? Failure.Invalid("host", Refusal(host, port, address) ?? $"{text} is a reserved address that no model server answers on.")
            : OutboundHost.WithPort(host, port);
    }

    /// <summary>One pooled handler for one kind of outbound work. Redirects and proxies are off: both would go round the check.</summary>
    public SocketsHttpHandler CreateHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, ct) => new ValueTask<Stream>(ConnectAsync(context.DnsEndPoint, ct)),
        };

    private async Task<Stream> ConnectAsync(DnsEndPoint target, CancellationToken ct)
    {
        var host = OutboundHost.Plain(target.Host) ?? throw new OutboundRefusedException($"“{target.Host}” is not a host name.");
        if (Refusal(host, target.Port) is { } refusal)
        {
            throw new OutboundRefusedException(refusal, Allowable(host, target.Port, IsLocal(host) ? IPAddress.Loopback : null));
        }

        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, ct);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        // What nobody can allow is told first: allowing the rest would not help.
        var refused = addresses.Where(address => Refusal(host, target.Port, address) is not null).OrderBy(MayBeAllowed).ToList();
        // One bad address among good ones is how rebinding looks: nothing is tried then. Only localhost is known to have two by nature,
        // of which a superuser may have listed one.
        if (refused.Count > 0 && (refused.Count == addresses.Length || !IsLocal(host)))
        {
            var allowable = Array.TrueForAll(addresses, MayBeAllowed) ? OutboundHost.WithPort(host, target.Port) : null;
            throw new OutboundRefusedException(Refusal(host, target.Port, refused[0])!, allowable);
        }

        var allowed = refused.Count == 0 ? addresses : [.. addresses.Except(refused)];
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string? Refusal(string host, int port)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return Refusal(host, port, address);
        }

        return IsLocal(host) ? Refusal(host, port, IPAddress.Loopback) : null;
    }

    private string? Allowable(string host, int port, IPAddress? address)
    {
        address ??= IPAddress.TryParse(host, out var literal) ? literal : null;
        return address is not null && MayBeAllowed(address) && Refusal(host, port, address) is not null
            ? OutboundHost.WithPort(host, port)
            : null;
    }

    private static bool MayBeAllowed(IPAddress address) => AddressKinds.Of(address) is not (AddressKind.Metadata or AddressKind.Reserved);

    private static bool IsLocal(string host) => host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal);

    private string? Refusal(string host, int port, IPAddress address)
    {
        var kind = AddressKinds.Of(address);
        var written = OutboundHost.WithPort(host, port);
        var where = host == address.ToString() ? written : $"{written} ({address})";
        if (kind == AddressKind.Public)
        {
            return null;
        }

        if (kind == AddressKind.Metadata)
        {
            return $"{where} is a link-local or cloud metadata address. It is never allowed. Use the address of the model server itself.";
        }

        var current = options.CurrentValue;
        if (IsListed(current, host, port) || IsListed(current, address.ToString(), port) || IsAllowed(host, port, address))
        {
            return null;
        }

        if (kind == AddressKind.Reserved)
        {
            return $"{where} is a reserved address that no model server answers on. Check the URL.";
        }

        return current.AllowPrivateNetworks ? null : $"{where} is a private address. {Advice(written)}";
    }

    private bool IsAllowed(string host, int port, IPAddress address) =>
        AddressKinds.Of(address) is AddressKind.Loopback or AddressKind.Private
        && (allowedHosts.Contains(host, port) || allowedHosts.Contains(address.ToString(), port));

    private static bool IsListed(OutboundOptions options, string host, int port)
    {
        foreach (var entry in options.AllowedHosts)
        {
            if (OutboundHost.SplitPort(entry) is var (listed, listedPort) && listed == host && (listedPort is null || listedPort == port))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Listed(Func<IEnumerable<string>> hosts) : IOptionsMonitor<OutboundOptions>
    {
        public OutboundOptions CurrentValue => new() { AllowedHosts = [.. hosts()] };

        public OutboundOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<OutboundOptions, string?> listener) => null;
    }
}
