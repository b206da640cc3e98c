using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Archives;
using Republic.Core.Chats.Feedback;
using Republic.Tests.World;
using static Republic.Tests.World.ArchiveWorld;

namespace Republic.Tests.Integration.Archives;

/// <summary>What a minion earned elsewhere is shown as imported, and counts nowhere.</summary>
public sealed class ImportedFiguresTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const decimal Earned = 4100;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minion_begins_at_level_1_and_shows_what_it_had()
    {
        var (heir, minion, _) = await InheritAsync("Veteran", "Novice");

        var card = (await heir.Api.GetAsync($"/api/minions/{minion}"))["minion"]!;

        Assert.Equal((0m, 1, 0), ((decimal)card["experience"]!, (int)card["level"]!, (int)card["total_queries"]!));
        var figures = card["imported_figures"]!;
        Assert.Equal((Earned, 50, 3), ((decimal)figures["experience"]!, (int)figures["total_queries"]!, (int)figures["rated"]!));
        var capability = Assert.Single(figures["capabilities"]!.AsArray())!;
        Assert.Equal(("gardening", 7), ((string?)capability["name"], (int)capability["success_count"]!));
        Assert.Empty(await republic.QueryAsync(db => db.Capabilities.Where(c => c.CitizenId == minion).ToListAsync(Ct)));
        var page = await (await heir.BrowserAsync()).ReadAsync($"/models/{minion}");
        Assert.Contains("imported: level", page, StringComparison.Ordinal);
        Assert.Contains("4,100 XP", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_rated_elsewhere_is_none_of_its_figures_and_rating_it_again_earns_nothing()
    {
        var (heir, minion, answer) = await InheritAsync("Rated", "Rater");
        var reader = republic.Services.GetRequiredService<FeedbackReader>();
        Assert.Equal(0, (await reader.OfMinionAsync(heir.Id, minion, Ct)).Rated);

        await heir.Api.PostAsync($"/api/messages/{answer}/feedback", new { score = 1 });

        Assert.Equal(0m, await republic.QueryAsync(db => db.Minions.Where(m => m.Id == minion).Select(m => m.Experience).SingleAsync(Ct)));
        Assert.Equal(0, (await reader.OfMinionAsync(heir.Id, minion, Ct)).Rated);
    }

    [Fact]
    public async Task Exported_once_more_the_answers_still_say_who_gave_them()
    {
        var (heir, _, answer) = await InheritAsync("First", "Second");

        var texts = Texts(await DownloadAsync(heir, await ExportAsync(heir)));

        var chat = JsonNode.Parse(texts.Single(entry => entry.Key.StartsWith("chats/", StringComparison.Ordinal)).Value)!;
        var message = chat["messages"]!.AsArray().Single(one => (string?)one!["id"] == answer.ToString())!;
        Assert.Equal("sprout", (string?)message["answer"]!["model"]);
    }

    /// <summary>Somebody who imported the minion of another, which had earned something; with it one of its answers.</summary>
    private async Task<(Inhabitant Heir, Guid Minion, Guid Answer)> InheritAsync(string from, string to)
    {
        var person = await republic.NewPersonAsync(from);
        var minion = await person.NewMinionAsync("earner");
        var chats = new PlantedChats(republic, person, minion.Id);
        var answers = await chats.AnswersAsync(await chats.ChatAsync(), count: 3, score: 0.9);
        await person.Api.PostAsync($"/api/citizens/{minion.Id}/capabilities", new { name = "gardening" });
        await republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == minion.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Experience, Earned).SetProperty(m => m.TotalQueries, 50L))
        );
        await republic.QueryAsync(db =>
            db.Capabilities.Where(c => c.CitizenId == minion.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SuccessCount, 7))
        );
        var archive = await DownloadAsync(person, await ExportAsync(person));
        var heir = await republic.NewPersonAsync(to);
        var import = await ImportAsync(heir, archive);
        Assert.Equal((1, 1), (Imported(import, "minions"), Imported(import, "chats")));
        return (heir, ArchivedId.Of(heir.Id, minion.Id), ArchivedId.Of(heir.Id, answers[0]));
    }
}
