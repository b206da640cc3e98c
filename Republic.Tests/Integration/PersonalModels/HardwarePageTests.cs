using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.PersonalModels;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary><c>/help/hardware</c>: the vendors' figures, and this machine's beside them.</summary>
public sealed partial class HardwarePageTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_vendors_figures_stand_beside_this_machines()
    {
        var page = await (await republic.Jonas.BrowserAsync()).ReadAsync("/help/hardware");

        var rows = Row().Matches(page).Select(row => WebUtility.HtmlDecode(Tag().Replace(row.Value, "|"))).ToList();
        Assert.Equal(2 + 4 + 6 + 1, rows.Count);
        Assert.Contains("Mixtral 8x7B||64 GB||32 GB||45 GB||Slow", string.Join('\n', rows), StringComparison.Ordinal);
        Assert.Contains("DeepSeek R1||8 GB||–||3 GB||Very fast", string.Join('\n', rows), StringComparison.Ordinal);
        var here = MachineFacts.Now(republic.Services.GetRequiredService<DataFolder>());
        Assert.Contains(ByteSize.Of(here.MemoryBytes), rows[^1], StringComparison.Ordinal);
        Assert.Contains(ByteSize.Of(here.MarginBytes), page, StringComparison.Ordinal);
        Assert.Contains("href=\"/personal-models\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_has_no_more_free_than_it_has()
    {
        var here = MachineFacts.Now(republic.Services.GetRequiredService<DataFolder>());

        Assert.InRange(here.AvailableBytes, 1, here.MemoryBytes);
        Assert.InRange(here.MarginBytes, 512L << 20, long.Max(512L << 20, here.MemoryBytes / 20));
        Assert.InRange(here.DiskFreeBytes, 1, here.DiskBytes);
        Assert.InRange(here.Cores, 1, Environment.ProcessorCount);
    }

    [Fact]
    public async Task A_stranger_is_not_told_what_the_machine_has()
    {
        using var answer = await republic.NewVisitor().Http.GetAsync("/help/hardware", TestContext.Current.CancellationToken);

        Assert.Contains(
            "/account/sign-in",
            answer.RequestMessage!.RequestUri!.AbsolutePath + answer.Headers.Location,
            StringComparison.Ordinal
        );
    }

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 1000)]
    private static partial Regex Tag();
}
