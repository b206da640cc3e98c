using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>What there can be no run of.</summary>
public sealed class KnowledgeRunRefusalTests(SharedRepublic world) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private Inhabitant person = null!;

    public async ValueTask InitializeAsync() => person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("rag_only", false, false, false, null, "collection_ids")]
    [InlineData("rag_only", false, false, true, "sprout", "config.base_model")]
    [InlineData("hybrid", false, false, true, null, "dataset_ids")]
    [InlineData("hybrid", true, false, true, null, "config.loraConfig.selectedTraits")]
    [InlineData("hybrid", true, true, true, "no-such-model", "config.base_model")]
    [InlineData("lora_only", false, true, true, null, "collection_ids")]
    [InlineData("lora_only", true, false, false, "sprout", "dataset_ids")]
    [InlineData("rag", false, true, true, null, "training_type")]
    public async Task What_a_type_needs_and_does_not_have_is_named_at_its_field(
        string type,
        bool isElsewhere,
        bool hasDataset,
        bool hasCollection,
        string? baseModel,
        string field
    )
    {
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("clerk", isElsewhere ? vendor : null);
        Guid[] datasets = hasDataset ? [await TrainingWorld.NewDatasetAsync(person, 6)] : [];
        Guid[] collections = hasCollection ? [await PlantedCollections.NewAsync(world, person, "Guide", KnowledgeRuns.Guide)] : [];
        var problem = await person.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            TrainingWorld.PathOf(person),
            KnowledgeRuns.Order(minion.Id, type, datasets, collections, new JsonObject { ["base_model"] = baseModel })
        );
        Assert.Contains(field, problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Another_persons_collection_is_not_found()
    {
        var other = await world.NewPersonAsync($"O{Guid.CreateVersion7():N}"[..20]);
        var theirs = await PlantedCollections.NewAsync(world, other, "Theirs", KnowledgeRuns.Guide);
        var minion = await person.NewMinionAsync("clerk");
        var order = KnowledgeRuns.Order(minion.Id, "rag_only", [], [theirs]);
        await person.Api.ProblemAsync(404, HttpMethod.Post, TrainingWorld.PathOf(person), order);
    }
}
