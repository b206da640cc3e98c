namespace Republic.Web.Http;

/// <summary>Whole addresses of pages that are reached from elsewhere.</summary>
internal static class LinkAddress
{
    public static string OfInvitation(HttpRequest request, string token) => Of(request, $"/account/sign-up?invitation={token}");

    public static string OfReset(HttpRequest request, string token) => Of(request, $"/account/reset?token={token}");

    /// <summary>Where the authorization server of a tool server sends people back to.</summary>
    public static string OfSignIn(HttpRequest request, Guid server) => Of(request, $"/tools/servers/{server}/oauth");

    private static string Of(HttpRequest request, string path) => $"{request.Scheme}://{request.Host}{path}";
}
