using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Datasets.Uploads;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Datasets;

public sealed class QuotaTests(DatasetWorld world) : IClassFixture<DatasetWorld>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_rows_are_edited_into_counts_to_what_a_person_may_have()
    {
        var person = await world.NewPersonAsync("Edda");
        var made = await DatasetWorld.MakeAsync(person, DatasetWorld.Pairs(10, "edits"));
        var path = DatasetWorld.PathOf(person, $"/{made["id"]!.GetValue<string>()}");
        var rows = (await person.Api.GetAsync($"{path}/preview"))["rows"]!.AsArray();
        // Random letters, which the database cannot pack.
        object Messages() =>
            new
            {
                messages = new[]
                {
                    new { role = "user", content = "Why?" },
                    new { role = "assistant", content = RandomNumberGenerator.GetHexString(900_000) },
                },
            };

        foreach (var row in rows.Take(2))
        {
            await person.Api.PutAsync($"{path}/changes/{row!["hash"]!.GetValue<string>()}", Messages());
        }

        var quota = world.Services.GetRequiredService<DatasetQuota>();
        Assert.InRange(await quota.UsedAsync(person.Id, Ct), 1_800_000 / 2, DatasetWorld.MaxUpload * 3);
        var refused = 0;
        foreach (var row in rows.Skip(2))
        {
            using var answer = await person.Api.SendAsync(HttpMethod.Put, $"{path}/changes/{row!["hash"]!.GetValue<string>()}", Messages());
            refused += answer.IsSuccessStatusCode ? 0 : 1;
        }

        Assert.InRange(refused, 1, 8);
        Assert.InRange(await quota.UsedAsync(person.Id, Ct), 0, DatasetWorld.MaxUpload * 3);
    }
}
