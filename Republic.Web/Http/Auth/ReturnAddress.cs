using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Republic.Web.Http.Auth;

/// <summary>Where somebody wanted to go before they had to sign in.</summary>
internal static class ReturnAddress
{
    /// <returns>An address of our own, fit for a header; null for any other: a link in a mail must not lead away by way of the sign-in.</returns>
    public static string? Of(IUrlHelper urls, string? address) =>
        urls.IsLocalUrl(address) && Uri.TryCreate(address, UriKind.Relative, out var local) ? UriHelper.Encode(local) : null;
}
