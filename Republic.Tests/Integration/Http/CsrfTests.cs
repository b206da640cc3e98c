using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>Jonas is signed in, and another site's page makes his browser write. Every door that writes is tried.</summary>
public sealed class CsrfTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("text/plain", null)]
    [InlineData("application/json", null)]
    [InlineData("application/json", "https://evil.example")]
    [InlineData("application/x-www-form-urlencoded", "https://evil.example")]
    [InlineData("application/x-www-form-urlencoded", "https://evil.example", "Basic eDp5")]
    public async Task A_write_with_nothing_but_the_cookie_is_refused_at_every_door(
        string contentType,
        string? origin,
        string? authorization = null
    )
    {
        var browser = await republic.Jonas.BrowserAsync();
        var doors = (await Routes.OfAsync(republic.Services)).Where(route => route.Verb is not ("GET" or "HEAD")).ToList();
        Assert.True(doors.Count > 30, "The list of doors is suspiciously short.");
        var minion = await republic.Jonas.NewMinionAsync($"m{Guid.CreateVersion7():n}"[..20]);
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        var task = await new Tasked(republic, republic.Jonas).MakeAsync(null);

        foreach (var door in doors)
        {
            // Below his own id: below another's it is refused before the token is asked for.
            var own = door
                .Pattern.Replace("{user_id}", republic.Jonas.Id.ToString(), StringComparison.Ordinal)
                .Replace("{number}", "0", StringComparison.Ordinal)
                // These two find what a file is for before they begin to read what is sent.
                .Replace("/knowledge/{id}/upload", $"/knowledge/{collection.Id}/upload", StringComparison.Ordinal)
                .Replace("/tasks/{id}/files", $"/tasks/{task}/files", StringComparison.Ordinal);
            var path = Regex.Replace(own, @"\{[^}]*\}", minion.Id.ToString(), RegexOptions.None, TimeSpan.FromSeconds(1));
            using var request = new HttpRequestMessage(new HttpMethod(door.Verb), path);
            request.Content = new StringContent(
                contentType.EndsWith("json", StringComparison.Ordinal) ? "{}" : "Input.Name=x",
                Encoding.UTF8,
                contentType
            );
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            if (authorization is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }

            using var response = await browser.Http.SendAsync(request, Ct);
            Assert.True(Refusals(door.Pattern, origin).Contains(response.StatusCode), $"{door.Verb} {path}: {(int)response.StatusCode}");
        }

        Assert.Contains(
            minion.Name,
            (await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}")).ToJsonString(),
            StringComparison.Ordinal
        );
        Assert.Contains("Jonas", await browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    private static HttpStatusCode[] Refusals(string pattern, string? origin) =>
        origin is null ? [HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.UnsupportedMediaType]
        // They take no cookie from anywhere: to them it is a request without a key.
        : pattern is "/v1/chat/completions" or "/v1/embeddings" or "/v1/likelihoods" ? [HttpStatusCode.Unauthorized]
        : [HttpStatusCode.Forbidden];
}
