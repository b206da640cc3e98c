using System.Net;
using System.Text;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

/// <summary>The upload of a browser without scripts: its token is checked while the form streams in, before a byte of the file is taken.</summary>
public sealed class PlainFormTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_token_before_the_file_it_becomes_a_dataset()
    {
        var browser = await republic.Jonas.BrowserAsync();
        var token = Html.Token(await browser.ReadAsync("/datasets/new"));
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, File() };

        using var response = await browser.Http.PostAsync("/datasets/upload", form, Ct);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("plain", await browser.ReadAsync(response.Headers.Location!.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_token_with_a_wrong_one_or_with_one_that_comes_too_late_nothing_is_taken()
    {
        var browser = await republic.Ada.BrowserAsync();
        var token = Html.Token(await browser.ReadAsync("/datasets/new"));
        using var without = new MultipartFormDataContent { File() };
        using var wrong = new MultipartFormDataContent { { new StringContent("forged"), "__RequestVerificationToken" }, File() };
        using var late = new MultipartFormDataContent { File(), { new StringContent(token), "__RequestVerificationToken" } };

        foreach (var form in new[] { without, wrong, late })
        {
            using var response = await browser.Http.PostAsync("/datasets/upload", form, Ct);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("Reload the page", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        Assert.Contains("No datasets yet", await browser.ReadAsync("/datasets"), StringComparison.Ordinal);
    }

    private static StreamContent File() =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(SampleRows.Mixed())))
        {
            Headers =
            {
                ContentDisposition = new("form-data") { Name = "file", FileName = "plain.jsonl" },
            },
        };
}
