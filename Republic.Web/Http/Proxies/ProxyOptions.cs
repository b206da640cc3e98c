namespace Republic.Web.Http.Proxies;

/// <summary>The section <c>Proxy</c> of the configuration: what stands between people and this process.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>What people type, such as <c>https://republic.example.org</c>; null where nothing stands in between.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Addresses and networks (<c>10.0.0.0/8</c>) whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. No others are.</summary>
    public IList<string> Known { get; set; } = [];
}
