using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>The score of a model is what its owner gave for its answers.</summary>
public sealed class ModelScoreTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly DateTimeOffset Later = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_mean_of_the_last_hundred_ratings_counts_from_five_on_and_follows_the_name()
    {
        var person = await republic.NewPersonAsync("Judge");
        var model = await PlantedModels.PlantAsync(republic, person, "rated");
        var minion = (await person.NewMinionAsync("rated", more: new JsonObject { ["model_id"] = "rated" })).Id;
        var chats = new PlantedChats(republic, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 4, score: 1);
        // Answers of other models, and those that nobody rated, do not count.
        await chats.AnswersAsync(chat, 5, score: 0, change: answer => answer.Model = "another");
        await chats.AnswersAsync(chat, 5, score: 0, change: answer => answer.Provider = "elsewhere");
        await chats.AnswersAsync(chat, 3, score: null);
        Assert.Null(await ScoreAsync(person, model));

        await chats.AnswersAsync(chat, 1, score: 0);
        Assert.Equal(0.8, await ScoreAsync(person, model));
        await person.Api.PutAsync(OwnModels.PathOf(model), new { custom_name = "renamed" });
        Assert.Equal(0.8, await ScoreAsync(person, model));

        var recent = await chats.AnswersAsync(chat, 100, score: 0.5, change: answer => answer.Model = "renamed");
        await republic.QueryAsync(db =>
            db.MessageFeedback.Where(f => recent.Contains(f.MessageId)).ExecuteUpdateAsync(set => set.SetProperty(f => f.UpdatedAt, Later))
        );
        Assert.Equal(0.5, await ScoreAsync(person, model));
    }

    [Fact]
    public async Task Ratings_of_another_persons_model_of_the_same_name_do_not_count()
    {
        var (person, other) = (await republic.NewPersonAsync("Rater"), await republic.NewPersonAsync("Namesake"));
        var (own, theirs) = (
            await PlantedModels.PlantAsync(republic, person, "shared-name"),
            await PlantedModels.PlantAsync(republic, other, "shared-name")
        );
        var minion = (await person.NewMinionAsync("rated", more: new JsonObject { ["model_id"] = "shared-name" })).Id;
        var chats = new PlantedChats(republic, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 5);

        Assert.Equal(1, await ScoreAsync(person, own));
        Assert.Null(await ScoreAsync(other, theirs));
        // Nor do those of a chat that is deleted.
        await person.Api.DeleteAsync($"/api/conversations/{chat}");
        Assert.Null(await ScoreAsync(person, own));
    }

    private static async Task<double?> ScoreAsync(Inhabitant person, Guid model) =>
        (await OwnModels.ModelAsync(person, model))["performance_score"]?.GetValue<double>();
}
