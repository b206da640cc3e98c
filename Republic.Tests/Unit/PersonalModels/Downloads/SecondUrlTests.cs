using Republic.Core.PersonalModels.Downloads;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels.Downloads;

/// <summary>A second address goes on with what the first one gave.</summary>
public sealed class SecondUrlTests : IAsyncLifetime
{
    private readonly DownloadTrial trial = new();
    private readonly FileSource second;

    public SecondUrlTests() => second = new FileSource(trial.Source.Content) { ETag = "\"elsewhere\"" };

    private FileSource First => trial.Source;

    private DownloadOrder Order => trial.Order with { SecondUrl = second.Url };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await second.DisposeAsync();
        await trial.DisposeAsync();
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("410 Gone")]
    [InlineData("500 Oops")]
    public async Task It_goes_on_from_what_the_first_gave(string status)
    {
        First.Next(call => call.GiveAsync(1_000_000));
        First.Usual = call => call.RefuseAsync(status);
        second.Next(call => call.GiveAsync(500_000));

        trial.AssertWhole(await trial.RunAsync(Order));

        Assert.Equal((1_000_000, 2_000_000), (First.Sent, second.Sent));
        Assert.DoesNotContain("If-Range", second.Requests[0], StringComparison.Ordinal);
        Assert.Contains("If-Range: \"elsewhere\"", second.Requests[1], StringComparison.Ordinal);
        Assert.All(trial.Reports, report => Assert.NotEqual("\"elsewhere\"", report.ETag));
    }

    [Fact]
    public async Task A_file_of_another_length_is_another_file()
    {
        First.Next(call => call.GiveAsync(1_000_000));
        First.Usual = call => call.RefuseAsync("404 Not Found");
        second.Content = DownloadTrial.Bytes(2_000_000);

        var result = await trial.RunAsync(Order);

        Assert.Equal(DownloadEnd.Refused, result.End);
        Assert.Contains("(404)", result.Message, StringComparison.Ordinal);
        Assert.Contains("The second address: The file at 127.0.0.1 has 1.9 MB and not 2.9 MB", result.Message, StringComparison.Ordinal);
        Assert.Equal(1_000_000, new FileInfo(trial.Path).Length);
    }

    [Fact]
    public async Task Where_no_length_is_known_it_begins_anew()
    {
        trial.Have(1_000_000);
        First.Usual = call => call.RefuseAsync("404 Not Found");

        trial.AssertWhole(await trial.RunAsync(Order));

        Assert.True(second.Sent >= 3_000_000);
    }

    [Fact]
    public async Task The_checksum_decides_whether_both_gave_one_file()
    {
        First.Next(call => call.GiveAsync(1_000_000));
        First.Usual = call => call.RefuseAsync("404 Not Found");
        second.Content = DownloadTrial.Bytes(3_000_000, seed: 2);

        var result = await trial.RunAsync(Order with { Sha256 = DownloadTrial.Digest(First.Content) });

        Assert.Equal(DownloadEnd.WrongDigest, result.End);
    }

    [Fact]
    public async Task Where_both_give_nothing_it_may_go_on_only_if_one_is_merely_away()
    {
        First.Usual = call => call.RefuseAsync("503 Busy");
        second.Usual = call => call.RefuseAsync("404 Not Found");
        Assert.True((await trial.RunAsync(Order)).MayGoOn);

        First.Usual = call => call.RefuseAsync("410 Gone");
        var result = await trial.RunAsync(Order);

        Assert.Equal((DownloadEnd.Refused, false), (result.End, result.MayGoOn));
        Assert.Contains("(410)", result.Message, StringComparison.Ordinal);
        Assert.Contains("(404)", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_address_that_could_be_allowed_is_named_where_the_second_gives_nothing_either()
    {
        await using var one = new DownloadTrial(guard: Guards.New(new OutboundOptions { AllowedHosts = [second.Url.Authority] }));
        second.Usual = call => call.RefuseAsync("404 Not Found");

        var result = await one.RunAsync(one.Order with { Url = First.Url, SecondUrl = second.Url });

        Assert.Equal((DownloadEnd.Refused, First.Url.Authority), (result.End, result.AllowableHost));
    }

    [Fact]
    public async Task An_address_of_it_that_could_be_allowed_is_named()
    {
        await using var one = new DownloadTrial(guard: Guards.New(new OutboundOptions { AllowedHosts = [First.Url.Authority] }));
        First.Usual = call => call.RefuseAsync("404 Not Found");

        var result = await one.RunAsync(one.Order with { Url = First.Url, SecondUrl = second.Url });

        Assert.Equal((DownloadEnd.Refused, second.Url.Authority), (result.End, result.AllowableHost));
    }
}
