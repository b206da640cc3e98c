using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Details;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>The page of a task with a long history: which of its activities and comments each page of it shows.</summary>
public sealed partial class TaskHistoryTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const int Many = (2 * TaskDetails.MostActivities) + 50;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Much_that_happened_between_two_comments_is_shown_in_pages_each_of_it_once()
    {
        var owner = await republic.NewPersonAsync("OwnerA");
        var shared = await SharedTask.MakeAsync(owner);
        await HappenAsync(Guid.Parse(shared.Task), owner);
        var browser = await owner.BrowserAsync();

        List<string> pages = [];
        for (
            var address = $"/tasks/{shared.Task}";
            address.Length > 0;
            address = WebUtility.HtmlDecode(Earlier().Match(pages[^1]).Groups["address"].Value)
        )
        {
            pages.Add(await browser.ReadAsync(address));
        }

        Assert.Equal(3, pages.Count);
        Assert.Equal(Enumerable.Range(1, Many), pages.AsEnumerable().Reverse().SelectMany(Labels));
        Assert.Equal([1, 0, 0], pages.Select(page => Regex.Count(page, "<p>The owner wrote this</p>")));
        Assert.Equal([0, 0, 1], pages.Select(page => Regex.Count(page, "<p>Before all that</p>")));

        var comments = await browser.ReadAsync($"/tasks/{shared.Task}?show=comments");
        Assert.Contains("<p>The owner wrote this</p>", comments, StringComparison.Ordinal);
        Assert.Contains("<p>Before all that</p>", comments, StringComparison.Ordinal);
        Assert.Empty(Labels(comments));
        Assert.DoesNotMatch(Earlier(), comments);

        var before = await browser.ReadAsync($"/tasks/{shared.Task}?until={Guid.Empty}");
        Assert.Empty(Labels(before));
        Assert.DoesNotContain("<p>Before all that</p>", before, StringComparison.Ordinal);
    }

    private static IEnumerable<int> Labels(string page) =>
        Label().Matches(page).Select(match => int.Parse(match.Groups["number"].Value, null));

    /// <summary>A comment, and then so many changes, an hour ago.</summary>
    private Task<int> HappenAsync(Guid task, Inhabitant owner) =>
        republic.QueryAsync(db =>
        {
            var then = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(-1);
            db.TaskComments.Add(
                new TaskComment
                {
                    Id = Guid.CreateVersion7(then),
                    TaskId = task,
                    CitizenId = owner.Id,
                    Content = "Before all that",
                    CreatedAt = then,
                    UpdatedAt = then,
                }
            );
            db.TaskActivities.AddRange(
                Enumerable
                    .Range(1, Many)
                    .Select(number => new TaskActivity
                    {
                        Id = Guid.CreateVersion7(then.AddMilliseconds(number)),
                        TaskId = task,
                        CitizenId = owner.Id,
                        Kind = TaskActivityKind.Labelled,
                        After = $"label-{number}",
                        CreatedAt = then.AddMilliseconds(number),
                    })
            );
            return db.SaveChangesAsync(Ct);
        });

    [GeneratedRegex("href=\"(?<address>[^\"#]*)#comments\">Show earlier<", RegexOptions.NonBacktracking)]
    private static partial Regex Earlier();

    [GeneratedRegex("labelled it label-(?<number>[0-9]+)<", RegexOptions.NonBacktracking)]
    private static partial Regex Label();
}
