using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>Every address that can be read says by HEAD what GET would bring, without bringing it.</summary>
public sealed partial class HeadTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_can_be_got_can_be_asked_about()
    {
        var ada = await Belongings.MakeAsync(republic.Ada, "asked about");
        List<string> wrong = [];
        foreach (var route in (await Routes.OfAsync(republic.Services)).Where(route => route.Verb == "GET"))
        {
            var path = PathOf(route.Pattern, ada);
            using var got = await SendAsync(HttpMethod.Get, path);
            using var asked = await SendAsync(HttpMethod.Head, path);
            var body = await asked.Content.ReadAsStringAsync(Ct);
            if (
                asked.StatusCode != got.StatusCode
                || asked.Content.Headers.ContentType?.MediaType != got.Content.Headers.ContentType?.MediaType
            )
            {
                wrong.Add($"{path}: {(int)got.StatusCode} by GET, {(int)asked.StatusCode} by HEAD");
            }

            Assert.Empty(body);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("/api/users/{user_id}/training-datasets/{id}/download")]
    [InlineData("/api/users/{user_id}/training-datasets/{id}/rejected/download")]
    [InlineData("/api/avatars/{id}.png")]
    [InlineData("/api/minions/{id}/card?format=png")]
    public async Task A_file_says_how_long_it_is(string pattern)
    {
        var path = PathOf(pattern, await Belongings.MakeAsync(republic.Ada, "how long"));
        using var got = await SendAsync(HttpMethod.Get, path);
        var bytes = await got.Content.ReadAsByteArrayAsync(Ct);

        using var asked = await SendAsync(HttpMethod.Head, path);

        Assert.True(asked.IsSuccessStatusCode, $"{(int)asked.StatusCode}");
        Assert.Equal(bytes.Length, asked.Content.Headers.ContentLength);
        Assert.Equal(got.Content.Headers.ContentType, asked.Content.Headers.ContentType);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path) =>
        republic.Ada.Api.Http.SendAsync(new HttpRequestMessage(method, path), HttpCompletionOption.ResponseHeadersRead, Ct);

    private static string PathOf(string pattern, Belongings ada) =>
        Placeholder()
            .Replace(
                pattern.Replace("{user_id}", ada.Person, StringComparison.Ordinal),
                pattern switch
                {
                    _ when pattern.StartsWith("/api/avatars", StringComparison.Ordinal) => ada.Avatar,
                    _ when pattern.StartsWith("/api/minions", StringComparison.Ordinal) => ada.Minion,
                    _ when pattern.StartsWith("/api/conversations", StringComparison.Ordinal) => ada.Conversation,
                    _ when pattern.StartsWith("/api/messages", StringComparison.Ordinal) => ada.Message,
                    _ when pattern.StartsWith("/v1/", StringComparison.Ordinal) => ada.RepublicId,
                    _ => ada.Dataset,
                }
            );

    [GeneratedRegex(@"\{[\w*]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
