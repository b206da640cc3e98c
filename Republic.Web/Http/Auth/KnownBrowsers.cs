using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Republic.Web.Http.Proxies;

namespace Republic.Web.Http.Auth;

/// <summary>
/// Remembers in a cookie which accounts a browser was signed in to, so that a stranger's wrong guesses at their passwords do not keep
/// it out. The cookie signs nobody in: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies.
/// </summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection, ILookupNormalizer normalizer, SiteCookies cookies)
{
    private const int MaxAccounts = 5;
    private readonly string name = cookies.Name("known");
    private readonly IDataProtector protector = protection.CreateProtector("Republic.KnownBrowsers");

    /// <summary>The browser's id for this account; null where it was never signed in to it.</summary>
    public Guid? Find(HttpRequest request, string email) =>
        Read(request).Where(known => known.Email == HashOf(email)).Select(known => (Guid?)known.Id).FirstOrDefault();

    public void Remember(HttpContext context, string email)
    {
        var known = Read(context.Request).Where(other => other.Email != HashOf(email)).Take(MaxAccounts - 1).ToList();
        known.Insert(0, (HashOf(email), Find(context.Request, email) ?? Guid.CreateVersion7()));
        context.Response.Cookies.Append(
            name,
            protector.Protect(string.Join(' ', known.Select(account => $"{account.Email}:{account.Id:N}"))),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = cookies.MustBeSecure(context.Request),
                MaxAge = TimeSpan.FromDays(365),
                IsEssential = true,
            }
        );
    }

    private List<(string Email, Guid Id)> Read(HttpRequest request)
    {
        if (request.Cookies[name] is not { Length: > 0 and < 4096 } cookie)
        {
            return [];
        }

        try
        {
            return
            [
                .. protector
                    .Unprotect(cookie)
                    .Split(' ')
                    .Select(account => account.Split(':'))
                    .Select(account => (account[0], Guid.Parse(account[1]))),
            ];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private string HashOf(string email) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(normalizer.NormalizeEmail(email.Trim()) ?? "")))[..32];
}
