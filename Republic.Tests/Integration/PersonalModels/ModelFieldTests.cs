using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

public sealed class ModelFieldTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    /// <summary>The columns of <c>user_personal_models</c> as the requirements name them, and what JSON has of a model that is new.</summary>
    [Theory]
    [InlineData("id", JsonValueKind.String)]
    [InlineData("user_id", JsonValueKind.String)]
    [InlineData("model_id", JsonValueKind.String)]
    [InlineData("custom_name", JsonValueKind.String)]
    [InlineData("status", JsonValueKind.String)]
    [InlineData("download_progress", JsonValueKind.Number)]
    [InlineData("local_path", JsonValueKind.String)]
    [InlineData("fine_tuned", JsonValueKind.False)]
    [InlineData("fine_tune_version", JsonValueKind.Number)]
    [InlineData("last_training_date", JsonValueKind.Null)]
    [InlineData("model_size_gb", JsonValueKind.Number)]
    [InlineData("performance_score", JsonValueKind.Null)]
    [InlineData("usage_count", JsonValueKind.Number)]
    [InlineData("created_at", JsonValueKind.String)]
    [InlineData("updated_at", JsonValueKind.String)]
    public async Task Each_field_of_the_table_is_told(string field, JsonValueKind kind)
    {
        var row = (await ReadyAsync()).AsObject();

        Assert.True(row.ContainsKey(field), field);
        Assert.Equal(kind, row[field]?.GetValueKind() ?? JsonValueKind.Null);
    }

    [Fact]
    public async Task An_answer_counts_as_use_and_a_test_does_not()
    {
        var before = (await ReadyAsync())["usage_count"]!.GetValue<int>();
        var minion = await republic.Ada.NewMinionAsync("counter", more: new JsonObject { ["model_id"] = "fields" });
        await republic.Ada.Api.PostAsync($"/api/minions/{minion.Id}/test");
        var made = await republic.Ada.Api.PostAsync("/api/conversations", new { participants = new[] { minion.Id } });
        await republic.Ada.Api.PostAsync($"/api/conversations/{made["conversation"]!["id"]}/messages", new { content = "Hello" });

        await Until.TrueAsync(async () => (await ReadyAsync())["usage_count"]!.GetValue<int>() > before);
        Assert.Equal(before + 1, (await ReadyAsync())["usage_count"]!.GetValue<int>());
    }

    /// <summary>Ada's one model, uploaded once.</summary>
    private async Task<JsonNode> ReadyAsync()
    {
        var mine = (await republic.Ada.Api.GetAsync("/api/personal-models"))["personal_models"]!.AsArray();
        return mine.Count == 0 ? await OwnModels.InstallAsync(republic.Ada, "fields") : mine[0]!;
    }
}
