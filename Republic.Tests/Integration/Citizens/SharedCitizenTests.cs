using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Citizens;

/// <summary>What people see of each other who share a task.</summary>
public sealed class SharedCitizenTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Who_share_a_task_see_each_other_as_citizens_without_what_is_private()
    {
        var owner = await republic.NewPersonAsync("OwnerM");
        var guest = await republic.NewPersonAsync("GuestM");
        var path = $"/api/citizens/{guest.Id}";
        await guest.Api.PutAsync(
            path,
            new
            {
                first_name = "Gail",
                skills = new[] { "sowing" },
                llm_model = new { provider = "local", model_id = "sprout" },
            }
        );
        await guest.Api.PutAsync(
            $"{path}/custom-fields",
            new { custom_fields = new[] { new { field_name = "Home", field_value = "SECRET" } } }
        );
        await guest.Api.PostAsync($"{path}/capabilities", new { name = "weeding" });
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);

        var card = (await owner.Api.GetAsync(path))["citizen"]!;
        var page = await (await owner.BrowserAsync()).ReadAsync($"/citizens/{guest.Id}");

        Assert.Equal(("GuestM", "Gail", "sowing"), (Text(card, "display_name"), Text(card, "first_name"), (string?)card["skills"]![0]));
        Assert.Equal("weeding", Text(card["capabilities"]![0]!, "name"));
        foreach (var field in (string[])["email", "username", "llm_model", "embedding_model", "last_login_at", "last_seen_at"])
        {
            Assert.True(card[field] is null, field);
        }

        Assert.Empty(card["custom_fields"]!.AsArray());
        Assert.DoesNotContain("SECRET", page);
        Assert.DoesNotContain(guest.Email, page);
        Assert.DoesNotContain("handler=", page.Split("<main")[1].Split("</main")[0]);
        Assert.Equal(
            [owner.Id, guest.Id],
            (await owner.Api.GetAsync("/api/citizens"))["citizens"]!.AsArray().Select(c => c!["id"]!.GetValue<Guid>())
        );
        Assert.Contains("OwnerM", await (await guest.BrowserAsync()).ReadAsync("/citizens"));
        await owner.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/memories");
        await owner.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/custom-fields");
        await owner.Api.ProblemAsync(404, HttpMethod.Put, path, new { skills = new[] { "theft" } });
        await owner.Api.ProblemAsync(404, HttpMethod.Post, $"{path}/capabilities", new { name = "theft" });
        using var edit = await (await owner.BrowserAsync()).GetAsync($"/citizens/{guest.Id}/edit");
        Assert.Equal(HttpStatusCode.NotFound, edit.StatusCode);
    }

    [Fact]
    public async Task The_history_of_a_capability_stays_with_whom_it_is_of()
    {
        var owner = await republic.NewPersonAsync("OwnerN");
        var other = await republic.NewPersonAsync("OtherN");
        var guest = await republic.NewPersonAsync("GuestN");
        var secret = await SharedTask.MakeAsync(other);
        await secret.AcceptedByAsync(guest);
        await other.Api.PostAsync($"/api/tasks/{secret.Part}/assign", new { citizen_id = guest.Id });
        await other.Api.PostAsync($"/api/tasks/{secret.Part}/move", new { status = "DONE" });
        await (await SharedTask.MakeAsync(owner)).AcceptedByAsync(guest);

        var own = (await guest.Api.GetAsync($"/api/citizens/{guest.Id}/capabilities"))["capabilities"]![0]!;
        var seen = (await owner.Api.GetAsync($"/api/citizens/{guest.Id}/capabilities"))["capabilities"]![0]!;

        Assert.Single(own["task_history"]!.AsArray());
        Assert.Equal(("weeding", 1), (Text(seen, "name"), seen["success_count"]!.GetValue<int>()));
        Assert.Null(seen["task_history"]);
    }

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
