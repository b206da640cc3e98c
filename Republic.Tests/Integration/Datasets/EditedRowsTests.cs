using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

public sealed class EditedRowsTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task What_rows_of_a_dataset_are_edited_into_has_a_limit_saved_or_not()
    {
        var made = await DatasetWorld.MakeAsync(world.Jonas, DatasetWorld.Pairs(6));
        var id = made["id"]!.GetValue<string>();
        var path = DatasetWorld.PathOf(world.Jonas, $"/{id}");
        var rows = (await world.Jonas.Api.GetAsync($"{path}/preview"))["rows"]!.AsArray();
        var addresses = rows.Select(row => $"{path}/changes/{row!["hash"]!.GetValue<string>()}").ToList();

        await world.Jonas.Api.PutAsync(addresses[0], Messages(500_000));
        // The same row again takes the place of what it was edited into before.
        await world.Jonas.Api.PutAsync(addresses[0], Messages(650_000));
        var refused = await world.Jonas.Api.ProblemAsync(507, HttpMethod.Put, addresses[1], Messages(500_000));

        Assert.Contains("the limit of 977 kB for edited rows", refused["detail"]!.GetValue<string>());
        await world.Jonas.Api.PostAsync($"{path}/versions");
        await DatasetWorld.EndOfAsync(world.Jonas, id);
        await world.Jonas.Api.ProblemAsync(507, HttpMethod.Put, addresses[1], Messages(500_000));
        await world.Jonas.Api.PutAsync(addresses[1], Messages(80_000));
        await world.Jonas.Api.PutAsync(addresses[2], new { messages = (object?)null });
    }

    private static object Messages(int length) =>
        new
        {
            messages = new[]
            {
                new { role = "user", content = $"Why {length}?" },
                new { role = "assistant", content = new string('a', length) },
            },
        };
}
