using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Memories;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>Contradictions between memories that go on changing, and the lists and counts of a person who has many.</summary>
public sealed class MemoryCaseTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_memory_changed_after_its_contradiction_was_settled_is_held_against_the_others_anew()
    {
        var (person, minion) = await NewAsync("Settler");
        var oslo = await AddAsync(person, minion, "I live in Oslo.");
        var bergen = await AddAsync(person, minion, "I live in Bergen.");
        await SettleAsync(person, await OneCaseAsync(person), keep: null);

        await person.Api.PutAsync($"/api/memories/{bergen}", new { content = "I live in Narvik." });

        var open = await OneCaseAsync(person);
        Assert.Equal((oslo, bergen), ((Guid)open["older"]!["id"]!, (Guid)open["newer"]!["id"]!));
        await SettleAsync(person, open, keep: bergen);
        await person.Api.PutAsync($"/api/memories/{oslo}", new { content = "I live in Tromsø." });
        Assert.Empty(await CasesAsync(person));
    }

    [Fact]
    public async Task The_loser_of_one_contradiction_waits_in_no_other_and_is_brought_back_by_none()
    {
        var (person, minion) = await NewAsync("Judge");
        var oslo = await AddAsync(person, minion, "I live in Oslo.");
        var bergen = await AddAsync(person, minion, "I live in Bergen.");
        var narvik = await AddAsync(person, minion, "I live in Narvik.");
        var cases = await CasesAsync(person);
        Assert.Equal(3, cases.Count);
        Guid[] two = [oslo, bergen];
        var first = cases.Single(c => two.Contains((Guid)c["older"]!["id"]!) && two.Contains((Guid)c["newer"]!["id"]!));

        await SettleAsync(person, first, keep: bergen);

        var open = await OneCaseAsync(person);
        Assert.Equal((bergen, narvik), ((Guid)open["older"]!["id"]!, (Guid)open["newer"]!["id"]!));
        await SettleAsync(person, open, keep: null);
        Assert.Equal("superseded", (string?)(await person.Api.GetAsync($"/api/memories/{oslo}"))["memory"]!["status"]);
    }

    [Fact]
    public async Task Both_are_right_leaves_a_superseded_one_as_it_is()
    {
        var (person, minion) = await NewAsync("Lenient");
        var oslo = await AddAsync(person, minion, "I live in Oslo.");
        await AddAsync(person, minion, "I live in Bergen.");
        await using (var db = await DatabaseAsync())
        {
            // As it was left by settling before the other cases of the loser were settled too.
            await db
                .Memories.Where(m => m.Id == oslo)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, MemoryStatus.Superseded), Ct);
        }

        await SettleAsync(person, await OneCaseAsync(person), keep: null);

        Assert.Equal("superseded", (string?)(await person.Api.GetAsync($"/api/memories/{oslo}"))["memory"]!["status"]);
    }

    [Fact]
    public async Task One_memory_opens_a_few_cases_and_they_are_listed_by_minion_and_page()
    {
        var (person, minion) = await NewAsync("Nomad");
        await PlantAsync(person, minion, 30, number => $"I live in Town{number}.");
        await AddAsync(person, minion, "I live in Oslo.");
        var other = (await person.NewMinionAsync("other")).Id;

        var first = await person.Api.GetAsync($"/api/memories/contradictions?minion_id={minion}&limit=15");
        var next = await person.Api.GetAsync($"/api/memories/contradictions?minion_id={minion}&limit=15&cursor={first["next_cursor"]}");

        Assert.Equal(15, first["contradictions"]!.AsArray().Count);
        Assert.Equal(5, next["contradictions"]!.AsArray().Count);
        Assert.Null(next["next_cursor"]);
        Assert.Empty((await person.Api.GetAsync($"/api/memories/contradictions?minion_id={other}"))["contradictions"]!.AsArray());
        await person.Api.ProblemAsync(400, HttpMethod.Get, "/api/memories/contradictions?cursor=x");
        // The ten that no case was opened for are used; the newest is not.
        var page = await PageAsync(person, "/memories");
        Assert.Contains("10 things are remembered of you; 20 contradictions wait for your decision.", page);
    }

    [Fact]
    public async Task The_page_counts_all_and_leads_to_the_older_ones()
    {
        var (person, minion) = await NewAsync("Rememberer");
        await PlantAsync(person, minion, 250, number => $"Fact number {number:000}");

        var first = await PageAsync(person, "/memories");
        Assert.Contains("250 things are remembered of you.", first);
        Assert.Contains("Fact number 249", first);
        Assert.DoesNotContain("Fact number 149", first);
        var second = await PageAsync(person, Older(first));
        Assert.Contains("Fact number 149", second);
        Assert.Contains("250 things are remembered of you.", second);
        var third = await PageAsync(person, Older(second));

        Assert.Contains("Fact number 000", third);
        Assert.Contains(">Newest</a>", third);
        Assert.DoesNotContain(">Older<", third);
        Assert.Contains("Fact number 007", await PageAsync(person, "/memories?words=007"));
    }

    [Fact]
    public async Task Two_who_forget_the_same_at_once_meet_no_error()
    {
        var (person, minion) = await NewAsync("Hasty");
        for (var round = 0; round < 5; round++)
        {
            var memory = await AddAsync(person, minion, $"I have boat number {round}.");
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 4).Select(_ => person.Api.SendAsync(HttpMethod.Delete, $"/api/memories/{memory}"))
            );
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
            Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));

            await AddAsync(person, minion, $"I have a horse and {round} dogs.");
            answers = await Task.WhenAll(
                Enumerable.Range(0, 4).Select(_ => person.Api.SendAsync(HttpMethod.Delete, $"/api/minions/{minion}/memories"))
            );
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(Inhabitant Person, Guid Minion)> NewAsync(string name)
    {
        var person = await republic.NewPersonAsync(name);
        return (person, (await person.NewMinionAsync("keeper")).Id);
    }

    private Task<RepublicDb> DatabaseAsync() =>
        republic.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);

    /// <summary>Many at once, in use, and without the cases that they would open one by one.</summary>
    private async Task PlantAsync(Inhabitant person, Guid minion, int count, Func<int, string> content)
    {
        await using var db = await DatabaseAsync();
        var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        for (var number = 0; number < count; number++)
        {
            // A millisecond apart, so that the ids are in this order.
            var at = now.AddMilliseconds(number - count);
            db.Memories.Add(
                new Memory
                {
                    Id = Guid.CreateVersion7(at),
                    OwnerId = person.Id,
                    MinionId = minion,
                    Content = content(number),
                    Status = MemoryStatus.Active,
                    Source = MemorySource.Person,
                    Hash = BitConverter.GetBytes(number),
                    CreatedAt = at,
                    UpdatedAt = at,
                }
            );
        }

        await db.SaveChangesAsync(Ct);
    }

    private static async Task<Guid> AddAsync(Inhabitant person, Guid minion, string content) =>
        (Guid)(await person.Api.PostAsync("/api/memories", new { minion_id = minion, content }))["memory"]!["id"]!;

    private static Task SettleAsync(Inhabitant person, JsonNode open, Guid? keep) =>
        person.Api.PostAsync($"/api/memories/contradictions/{open["id"]}/settle", new { keep });

    private static async Task<IReadOnlyList<JsonNode>> CasesAsync(Inhabitant person) =>
        [.. (await person.Api.GetAsync("/api/memories/contradictions"))["contradictions"]!.AsArray().Select(c => c!)];

    private static async Task<JsonNode> OneCaseAsync(Inhabitant person) => Assert.Single(await CasesAsync(person));

    private static async Task<string> PageAsync(Inhabitant person, string path) =>
        await (await (await person.BrowserAsync()).GetAsync(path)).Content.ReadAsStringAsync(Ct);

    /// <summary>The address behind the link to the next page.</summary>
    private static string Older(string page)
    {
        var end = page.IndexOf("\">Older<", StringComparison.Ordinal);
        Assert.True(end > 0, "No link to older ones.");
        var start = page.LastIndexOf("href=\"", end, StringComparison.Ordinal) + "href=\"".Length;
        return WebUtility.HtmlDecode(page[start..end]);
    }
}
