using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A finished run whose answers a judge has graded: the draft says “new” and gets 80 points, the minion as it was says “old” and gets 60.</summary>
public static class GradedRuns
{
    public static async Task<Guid> MakeAsync(Inhabitant person, string marker = "Well")
    {
        await using var vendor = new FakeVendor();
        var judge = new FakeJudge(text => text.Contains("new", StringComparison.Ordinal) ? 80 : 60);
        vendor.AnswersTo(asked =>
            FakeJudge.IsAsked(asked.LastMessage!) ? judge.Reply(asked.LastMessage!)
            : asked.Body!["messages"]![0]!["content"]!.GetValue<string>().Contains("Friendly") ? $"{marker}, new"
            : $"{marker}, old"
        );
        var minion = await person.NewMinionAsync($"graded-{Guid.CreateVersion7():N}", vendor);
        var judging = await person.NewMinionAsync($"judge-{Guid.CreateVersion7():N}", vendor);
        var job = await TrainingWorld.NewJobAsync(
            person,
            minion.Id,
            [],
            new JsonObject
            {
                ["loraConfig"] = new JsonObject
                {
                    ["selectedTraits"] = new JsonArray("friendly"),
                    ["traitIntensities"] = new JsonObject { ["friendly"] = 6 },
                },
                ["judge_minion_id"] = judging.Id,
            }
        );
        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        return job;
    }
}
