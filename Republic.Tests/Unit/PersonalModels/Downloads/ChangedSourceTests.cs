using Republic.Core.PersonalModels.Downloads;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels.Downloads;

/// <summary>Sources that change, lie, or give something else, and a second one beside them.</summary>
public sealed class ChangedSourceTests : IAsyncLifetime
{
    private readonly DownloadTrial trial = new();

    private FileSource Source => trial.Source;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => trial.DisposeAsync();

    [Theory]
    [InlineData("\"v2\"", 3_000_000)]
    [InlineData("W/\"v1\"", 2_500_000)]
    [InlineData(null, 2_500_000)]
    [InlineData(null, 900_000)]
    public async Task A_file_that_changed_is_begun_anew_by_itself_once(string? etag, int bytes)
    {
        trial.Have(1_000_000);
        (Source.ETag, Source.Content) = (etag, DownloadTrial.Bytes(bytes, seed: 2));
        var known = etag == "\"v2\"" ? "\"v1\"" : null;

        var result = await trial.RunAsync(trial.Order with { ETag = known, TotalBytes = 3_000_000 });

        trial.AssertWhole(result);
    }

    [Fact]
    public async Task A_file_that_changes_again_is_asked_about()
    {
        Source.Next(call => ChangeAsync(call, "\"v2\""), call => ChangeAsync(call, "\"v3\""), call => ChangeAsync(call, "\"v4\""));

        var result = await trial.RunAsync();

        Assert.Equal((DownloadEnd.SourceChanged, false), (result.End, result.MayGoOn));
        Assert.StartsWith("The file changed at its source (127.0.0.1)", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_under_another_etag_is_not_put_to_what_is_here()
    {
        trial.Have(1_000_000);
        Source.ETag = "\"v2\"";
        // It gives a part though the file is another one.
        Source.Next(call =>
            call.Raw.SendAsync(
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 1000000-2999999/3000000\r\nETag: \"v2\"\r\nContent-Length: 2000000\r\n\r\n"
            )
        );

        trial.AssertWhole(await trial.RunAsync(trial.Order with { ETag = "\"v1\"" }));

        Assert.Equal(Source.Content.Length, Source.Sent);
    }

    [Fact]
    public async Task A_source_without_parts_is_begun_anew_once()
    {
        Source.GivesParts = false;
        Source.Next(call => call.GiveAsync(1_000_000));
        trial.AssertWhole(await trial.RunAsync());

        File.Delete(trial.Path);
        Source.Next(call => call.GiveAsync(1_000_000), call => call.GiveAsync(2_000_000));
        var result = await trial.RunAsync();

        Assert.Equal(DownloadEnd.SourceChanged, result.End);
        Assert.Contains("gives no parts of files", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_an_etag_goes_on_where_its_length_is_the_same()
    {
        trial.Have(1_000_000);
        Source.ETag = null;

        trial.AssertWhole(await trial.RunAsync(trial.Order with { TotalBytes = 3_000_000 }));

        Assert.Equal(2_000_000, Source.Sent);
        Assert.DoesNotContain("If-Range", Source.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fewer_bytes_than_announced_are_a_cut_and_more_are_refused()
    {
        Source.Next(call => call.GiveAsync(announced: 5_000_000), call => call.GiveAsync());
        var fewer = await trial.RunAsync();
        // The second answer says the right length, which is another one.
        trial.AssertWhole(fewer);

        trial.Have(1_000_000);
        Source.Next(call => call.GiveAsync(total: 2_500_000));
        var more = await trial.RunAsync();
        Assert.Equal(DownloadEnd.Refused, more.End);
        Assert.Equal("127.0.0.1 sent more bytes than it announced.", more.Message);
        Assert.InRange(new FileInfo(trial.Path).Length, 1_000_000, 2_500_000);
    }

    [Fact]
    public async Task A_part_that_is_not_the_one_asked_for_is_refused()
    {
        trial.Have(1_000_000);
        Source.Next(call =>
            call.Raw.SendAsync("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/3000000\r\nContent-Length: 10\r\n\r\n0123456789")
        );

        var result = await trial.RunAsync();

        Assert.Equal((DownloadEnd.Refused, 1_000_000), (result.End, new FileInfo(trial.Path).Length));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_larger_than_the_limit_is_refused(bool isAnnounced)
    {
        if (!isAnnounced)
        {
            Source.Usual = async call =>
            {
                await call.Raw.SendAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                await call.Raw.SendAsync(Source.Content);
            };
        }

        var result = await trial.RunAsync(trial.Order with { MaxBytes = 2_000_000 });

        Assert.Equal(DownloadEnd.TooLarge, result.End);
        Assert.Equal($"The file has {(isAnnounced ? "2.9 MB" : "more than 1.9 MB")}; at most 1.9 MB are possible.", result.Message);
        Assert.InRange(new FileInfo(trial.Path).Length, 0, isAnnounced ? 0 : 2_000_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wrong_checksum_deletes_the_file_and_both_are_told(bool isOfOrder)
    {
        var expected = new string('a', 64);
        Source.Headers = isOfOrder ? "" : $"X-Linked-ETag: \"{expected}\"\r\n";

        var result = await trial.RunAsync(trial.Order with { Sha256 = isOfOrder ? expected : null });

        Assert.Equal((DownloadEnd.WrongDigest, false), (result.End, File.Exists(trial.Path)));
        Assert.Contains($"expected: {expected}, got: {DownloadTrial.Digest(Source.Content)}.", result.Message, StringComparison.Ordinal);
        Source.Headers = "";
        trial.AssertWhole(await trial.RunAsync(trial.Order with { Sha256 = DownloadTrial.Digest(Source.Content).ToUpperInvariant() }));
    }

    [Fact]
    public async Task A_web_page_a_sign_in_and_a_missing_file_are_no_reason_to_wait()
    {
        Source.Next(
            call => call.Raw.WholeAsync("200 OK", "text/html", "<title>Models</title>"),
            call => call.RefuseAsync("401 Unauthorized"),
            call => call.RefuseAsync("404 Not Found")
        );

        var (page, signIn, missing) = (await trial.RunAsync(), await trial.RunAsync(), await trial.RunAsync());

        Assert.All([page, signIn, missing], result => Assert.Equal((DownloadEnd.Refused, false), (result.End, result.MayGoOn)));
        Assert.Contains("a web page and not with a file", page.Message, StringComparison.Ordinal);
        Assert.Contains("signed in there (401)", signIn.Message, StringComparison.Ordinal);
        Assert.Contains("no such file at 127.0.0.1 (404)", missing.Message, StringComparison.Ordinal);
        Assert.Empty(trial.Waits);
    }

    [Fact]
    public async Task A_private_address_is_named_so_that_it_can_be_allowed()
    {
        await using var inside = new DownloadTrial(guard: Guards.Strict());

        var result = await inside.RunAsync();

        Assert.Equal((DownloadEnd.Refused, inside.Source.Url.Authority), (result.End, result.AllowableHost));
        Assert.Contains("is a private address", result.Message, StringComparison.Ordinal);
        Assert.Empty(inside.Source.Requests);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused_too()
    {
        await using var inside = new FileSource(Source.Content);
        await using var outside = new DownloadTrial(guard: Guards.New(new OutboundOptions { AllowedHosts = [Source.Url.Authority] }));
        Source.Next(call => call.RefuseAsync("302 Found", $"Location: {inside.Url}\r\n"));

        var result = await outside.RunAsync(outside.Order with { Url = Source.Url });

        Assert.Equal((DownloadEnd.Refused, inside.Url.Authority), (result.End, result.AllowableHost));
        Assert.Empty(inside.Requests);
    }

    private async Task ChangeAsync(FileCall call, string etag)
    {
        await call.GiveAsync(1_000_000);
        Source.ETag = etag;
    }
}
