using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Republic.Core.Accounts;

namespace Republic.Web.Http.Auth;

/// <summary><c>Authorization: Bearer rpat_…</c>.</summary>
public sealed class AccessTokenHandler(
    AccessTokens tokens,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "PersonalAccessToken";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Authentication.BearerOf(Request) is not { } secret)
        {
            return AuthenticateResult.NoResult();
        }

        return await tokens.FindAsync(secret, Context.RequestAborted) is { } found
            ? AuthenticateResult.Success(
                new AuthenticationTicket(PersonClaims.For(found.Owner, SchemeName, session: null, found.Token), SchemeName)
            )
            : AuthenticateResult.Fail("The token is not known.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
