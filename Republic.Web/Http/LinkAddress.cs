namespace Republic.Web.Http;

/// <summary>Whole addresses of pages that are reached with a token, for somebody else's browser.</summary>
internal static class LinkAddress
{
    public static string OfInvitation(HttpRequest request, string token) => Of(request, $"/account/sign-up?invitation={token}");

    public static string OfReset(HttpRequest request, string token) => Of(request, $"/account/reset?token={token}");

    private static string Of(HttpRequest request, string path) => $"{request.Scheme}://{request.Host}{path}";
}
