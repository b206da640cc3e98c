using System.Net;
using System.Net.Http.Headers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class AddressLimitTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    [Fact]
    public async Task A_thousand_wrong_logins_and_keys_from_one_address_end_in_429_and_good_keys_go_on_working()
    {
        var logins = new List<HttpResponseMessage>();
        var keys = new List<HttpResponseMessage>();
        for (var i = 0; i < 100; i++)
        {
            logins.Add(
                await Nobody()
                    .SendAsync(HttpMethod.Post, "/api/account/login", new { email = $"n{i}@republic.example", password = "wrong" })
            );
            var guess = Nobody();
            guess.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"rpat_{i}");
            keys.Add(await guess.SendAsync(HttpMethod.Get, "/api/account/me"));
        }

        foreach (var answers in new[] { logins, keys })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answers[0].StatusCode);
            Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].StatusCode);
            Assert.NotNull(answers[^1].Headers.RetryAfter);
            Assert.Equal(30, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
        }

        await republic.Jonas.Api.GetAsync("/api/account/me");
    }

    private ApiClient Nobody() => new(new HttpClient { BaseAddress = republic.Address });
}
