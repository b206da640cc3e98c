using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Web.Http.Htmx;
using Republic.Web.Http.Proxies;
using Republic.Web.Http.Security;

namespace Republic.Web.Http.Auth;

/// <summary>
/// Pages take the cookie alone: with a bearer token, what a page does (make an eternal token, change the password) would be open to whoever
/// found one. The API and the live streams take a bearer token if one is sent, else the cookie; tools for other programs take a personal access
/// token and nothing else. Every endpoint that does not say otherwise asks for a person.
/// </summary>
public static class Authentication
{
    private const string BearerPrefix = "Bearer ";
    private const string Any = "CookieOrBearer";

    public static void AddRepublicAuthentication(this IServiceCollection services)
    {
        services.AddAccounts();
        services.AddHttpContextAccessor();
        services.AddSingleton<IAuditActor, RequestActor>();
        services.AddScoped<KnownBrowsers>();
        services.AddScoped<BrowserSession>();
        services.AddScoped<BearerTokens>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenStreams>());
        services.AddHostedService<FirstRunNotice>();
        services
            .AddAuthentication(Any)
            .AddPolicyScheme(Any, null, policy => policy.ForwardDefaultSelector = context => SchemeFor(context.Request))
            .AddBearerToken(IdentityConstants.BearerScheme)
            .AddScheme<AuthenticationSchemeOptions, AccessTokenHandler>(AccessTokenHandler.SchemeName, null)
            .AddCookie(IdentityConstants.ApplicationScheme);
        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<AccountOptions>, SiteCookies>(Cookie);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireOwnUser().Build());
    }

    /// <summary>The order matters: who it is, whether the session still lives, what the token may, whether the browser meant it.</summary>
    public static void UseRepublicAuthentication(this WebApplication app)
    {
        app.UseFirstRunRedirect();
        app.UseAuthentication();
        app.UseLiveSessions();
        app.UseSeenPeople();
        app.UseKeyLimits();
        app.UseAuthorization();
        app.UseApiAntiforgery();
        app.UseSuperuserAudit();
    }

    /// <summary>What stands after <c>Bearer</c>, or null.</summary>
    public static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }

    /// <summary>The key of a call to <c>/v1</c>: what stands after <c>Bearer</c>, else in <c>x-api-key</c>, where some clients put it; or null.</summary>
    public static string? KeyOf(HttpRequest request) =>
        BearerOf(request) ?? (request.Headers.TryGetValue("x-api-key", out var key) && key is [{ Length: > 0 } only] ? only.Trim() : null);

    /// <summary>
    /// Whether the request stands by its bearer token, which no browser sends by itself. Any other header leaves it to the cookie, and so does
    /// a token where none is taken.
    /// </summary>
    internal static bool IsByToken(HttpRequest request) =>
        BearerOf(request) is not null && (TakesBearer(request.Path) || IsOutside(request.Path));

    public static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || IsOutside(path) || IsTools(path);

    /// <summary>Where other programs call a person's things as tools, with a personal access token.</summary>
    public static bool IsTools(PathString path) => path.StartsWithSegments("/mcp", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where outside clients call with keys that the endpoints know themselves: from memory, and with errors in OpenAI's shape.</summary>
    public static bool IsOutside(PathString path) => path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) || IsWatching(path);

    /// <summary>Where a monitoring system calls with its own token.</summary>
    private static bool IsWatching(PathString path) => path.StartsWithSegments("/metrics", StringComparison.OrdinalIgnoreCase);

    private static bool TakesBearer(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/live", StringComparison.OrdinalIgnoreCase);

    private static string SchemeFor(HttpRequest request) =>
        IsTools(request.Path)
            ? AccessTokenHandler.SchemeName
            : BearerOf(request) switch
            {
                null => IdentityConstants.ApplicationScheme,
                _ when IsOutside(request.Path) || !TakesBearer(request.Path) => IdentityConstants.ApplicationScheme,
                var token when token.StartsWith(AccessTokens.Prefix, StringComparison.Ordinal) => AccessTokenHandler.SchemeName,
                _ => IdentityConstants.BearerScheme,
            };

    private static void Cookie(CookieAuthenticationOptions options, IOptions<AccountOptions> accounts, SiteCookies cookies)
    {
        cookies.Set(options.Cookie, "session");
        options.ExpireTimeSpan = accounts.Value.SessionRest;
        options.LoginPath = "/account/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToLogin = RedirectToSignIn;
        // The page does it: this one would put letters into a header that may hold none of them.
        options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static Task RedirectToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsApi(context.Request.Path))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (context.Request.IsHtmx())
        {
            // The fragment's address is no place to come back to; the page that holds it is.
            var page = Uri.TryCreate(context.Request.Headers["HX-Current-URL"], UriKind.Absolute, out var current)
                ? current.PathAndQuery
                : "/";
            context.Response.HxRedirect($"{context.Options.LoginPath}{QueryString.Create(context.Options.ReturnUrlParameter, page)}");
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
