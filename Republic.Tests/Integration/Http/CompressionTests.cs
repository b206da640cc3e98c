using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

public sealed partial class CompressionTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("same-origin", "br", "br")]
    [InlineData("same-origin", "gzip", "gzip")]
    [InlineData("none", "gzip, br", "br")]
    [InlineData("cross-site", "br", null)]
    [InlineData("same-site", "br", null)]
    [InlineData(null, "br", null)]
    public async Task A_page_is_compressed_for_whoever_asked_for_it_here(string? site, string accepts, string? encoding)
    {
        using var answer = await AskAsync(republic.Address, "/account/sign-in", accepts, site);
        var html = Encoding.UTF8.GetString(await PlainAsync(answer));

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("</html>", html, StringComparison.Ordinal);
        Assert.Contains("HX-Request", answer.Headers.Vary);
    }

    [Fact]
    public async Task A_page_that_shows_a_key_is_never_compressed()
    {
        var browser = await republic.Jonas.BrowserAsync();
        using var reading = Request(HttpMethod.Get);
        using var read = await browser.Http.SendAsync(reading, Ct);
        using var request = Request(HttpMethod.Post);
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["Input.Name"] = "shown once",
                ["Input.Scopes"] = "read",
                ["Input.Days"] = "7",
                ["__RequestVerificationToken"] = Html.Token(await browser.ReadAsync("/account/tokens")),
            }
        );
        using var answer = await browser.Http.SendAsync(request, Ct);

        Assert.Equal("br", read.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("rpat_", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Empty(answer.Content.Headers.ContentEncoding);

        static HttpRequestMessage Request(HttpMethod method) =>
            new(method, "/account/tokens") { Headers = { { "Accept-Encoding", "br, gzip" }, { "Sec-Fetch-Site", "same-origin" } } };
    }

    [Fact]
    public async Task The_forms_of_two_answers_have_two_tokens()
    {
        var browser = await republic.Jonas.BrowserAsync();
        Assert.NotEqual(Html.Token(await browser.ReadAsync("/account")), Html.Token(await browser.ReadAsync("/account")));
    }

    [Fact]
    public async Task Streams_are_never_compressed()
    {
        var browser = await republic.Ada.BrowserAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/live");
        request.Headers.Add("Accept-Encoding", "br, gzip");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await browser.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_build_in_production_serves_its_assets_whole_however_they_are_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("republic-production-");
        await using var app = await AppProcess.StartAsync(
            new DataFolder(folder.FullName),
            connectionString: republic.ConnectionString,
            environment: new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production" }
        );
        using var page = await AskAsync(app.Address, "/account/sign-in", "identity", "none");
        var assets = Asset().Matches(Encoding.UTF8.GetString(await PlainAsync(page))).Select(match => match.Groups["path"].Value).ToList();

        Assert.NotEmpty(assets);
        foreach (var asset in assets)
        {
            using var plain = await AskAsync(app.Address, asset, "identity", "same-origin");
            var whole = await PlainAsync(plain);
            foreach (var accepts in new[] { "gzip", "br", "identity" })
            {
                using var answer = await AskAsync(app.Address, asset, accepts, "same-origin");
                var bytes = await PlainAsync(answer);
                Assert.True(answer.IsSuccessStatusCode && bytes.Length > 0, $"{asset} as {accepts}");
                Assert.Equal(whole, bytes);
            }
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(Uri address, string path, string accepts, string? site)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", accepts);
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        return await http.SendAsync(request, Ct);
    }

    private static async Task<byte[]> PlainAsync(HttpResponseMessage answer)
    {
        var sent = await answer.Content.ReadAsStreamAsync(Ct);
        await using var plain = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            _ => sent,
        };
        using var bytes = new MemoryStream();
        await plain.CopyToAsync(bytes, Ct);
        return bytes.ToArray();
    }

    [GeneratedRegex("(?:href|src)=\"(?<path>/[^\"]+\\.(?:css|js))\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asset();
}
