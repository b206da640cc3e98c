using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A minion's model is a name of the models folders: what else lies on the server, no run tells.</summary>
public sealed class ModelNameTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_path_is_no_model_and_nobody_hears_whether_a_file_is_there()
    {
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 6);
        var outside = Path.Combine(world.DataFolder, "outside.gguf");
        File.Copy(GgufMutations.SproutPath, outside, overwrite: true);
        foreach (var (number, model) in Names(outside).Index())
        {
            var minion = await world.Jonas.NewMinionAsync($"prober-{number}", more: new JsonObject { ["model_id"] = model });
            var body = new JsonObject
            {
                ["job_name"] = "A probe",
                ["minion_id"] = minion.Id,
                ["training_type"] = "lora_only",
                ["dataset_ids"] = new JsonArray(JsonValue.Create(dataset)),
            };

            var problem = await world.Jonas.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(world.Jonas), body);

            Assert.StartsWith($"There is no model {model} here. There: sprout", problem["detail"]!.GetValue<string>());
            Assert.DoesNotContain(AppContext.BaseDirectory, problem["detail"]!.GetValue<string>().Replace(model, ""));
        }
    }

    private IEnumerable<string> Names(string outside) =>
        [
            "nobody",
            outside,
            Path.GetRelativePath(Directory.GetCurrentDirectory(), outside),
            Path.Combine(world.DataFolder, "nothing.gguf"),
            GgufMutations.SproutPath,
            "../models/sprout",
            "sprout.gguf",
            "/etc/hostname",
            "/dev/null",
        ];
}
