using System.Text.Json.Nodes;

namespace Republic.Tests.World;

public sealed partial record Belongings
{
    /// <summary>It waits: nobody else may decide on it.</summary>
    private static async Task<string> ToolCallAsync(Inhabitant person, string marker)
    {
        await using var vendor = new FakeVendor();
        vendor.Plays(_ => PlayedTurn.Call("create_task", $$"""{"title":"{{marker}}"}"""));
        var minion = await person.NewMinionAsync($"calls-{Guid.CreateVersion7():N}", vendor);
        await person.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { builtin = (string[])["create_task"] });
        var made = await person.Api.PostAsync("/api/conversations", new { participants = new[] { minion.Id }, title = marker });
        var chat = made["conversation"]!["id"]!.GetValue<string>();
        await person.Api.PostAsync($"/api/conversations/{chat}/messages", new { content = marker });
        return await Until.SomethingAsync(async () =>
            (await person.Api.GetAsync($"/api/tool-calls?status=pending&minion={minion.Id}"))["tool_calls"]!.AsArray() is [{ } call]
            && (await person.Api.GetAsync($"/api/conversations/{chat}"))["conversation"]!["last_message"]!["state"]!.GetValue<string>()
                == "waiting"
                ? (string?)call["id"]
                : null
        );
    }

    /// <summary>Nobody answers there.</summary>
    private static async Task<string> ToolServerAsync(Inhabitant person, string marker)
    {
        var name = $"{marker} {Guid.CreateVersion7():N}";
        var made = await person.Api.PostAsync("/api/tool-servers", new { name, url = "http://127.0.0.1:9/mcp" });
        return made["tool_server"]!["id"]!.GetValue<string>();
    }
}
