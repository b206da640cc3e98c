using Microsoft.Extensions.Options;
using Republic.Core.Security;

namespace Republic.Core.Tools.BuiltIn.Web;

/// <summary>
/// What the web tools may reach: the public web. A private host that is allowed for models is not read as a page: an address may be anybody's
/// idea, and such a host serves more than a model.
/// </summary>
internal static class WebGuards
{
    /// <summary>Lets pages of the private hosts through that are listed for it.</summary>
    public static OutboundGuard OfPages(OutboundGuard guard, IOptionsMonitor<ToolOptions> options) =>
        guard.Only(
            () => options.CurrentValue.PageHosts,
            written => $"Pages there are not read, unless whoever runs this Republic lists {written} in Tools__PageHosts__0."
        );

    /// <summary>Lets the search through that a superuser entered, wherever it runs, and no other private host.</summary>
    public static OutboundGuard OfSearch(OutboundGuard guard, IOptionsMonitor<ToolOptions> options) =>
        guard.Only(
            () => HostOf(options.CurrentValue.SearchUrl) is { } host ? [host] : [],
            _ => "A superuser enters the address of the search at /admin/settings."
        );

    private static string? HostOf(string url) =>
        WebAddresses.Read(url) is { } address && OutboundHost.Plain(address) is { } host ? OutboundHost.WithPort(host, address.Port) : null;
}
