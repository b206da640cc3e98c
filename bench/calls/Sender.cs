using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>A person whose minion sends numbers by a tool of a server, each in a chat of its own and after the person approved it.</summary>
internal sealed class Sender(Person person, Guid minion)
{
    public static async Task<Sender> ArriveAsync(Person person, Uri provider, string toolServer)
    {
        await person.ArriveAsync();
        var made = await person.PostAsync(
            "/api/minions",
            new JsonObject
            {
                ["name"] = "pim",
                ["display_name"] = "Pim",
                ["provider"] = "custom",
                ["model_id"] = "vendor-model",
                ["base_url"] = provider.AbsoluteUri,
                ["api_key"] = "sk-bench-0123456789",
            }
        );
        var minion = made["minion_id"]!.GetValue<Guid>();
        var added = await person.PostAsync("/api/tool-servers", new JsonObject { ["name"] = "post", ["url"] = toolServer });
        var tools = new JsonObject { ["id"] = added["tool_server"]!["id"]!.GetValue<Guid>(), ["tools"] = new JsonArray("echo") };
        await person.PutAsync($"/api/minions/{minion}/tools", new JsonObject { ["servers"] = new JsonArray(tools) });
        return new Sender(person, minion);
    }

    /// <summary>Asks for a number to be sent.</summary>
    /// <returns>The id of the answer, which waits for the person.</returns>
    public async Task<Guid> AskAsync(int number)
    {
        var chat = await person.PostAsync("/api/conversations", new JsonObject { ["participants"] = new JsonArray(minion) });
        var said = await person.PostAsync(
            $"/api/conversations/{chat["conversation"]!["id"]}/messages",
            new JsonObject { ["content"] = $"Send number {number}." }
        );
        var answer = said["answer_id"]!.GetValue<Guid>();
        while (await StateAsync(answer) is not "waiting" and var state)
        {
            await (IsAtWork(state) ? Task.Delay(50) : throw new InvalidOperationException($"The answer does not wait but is {state}."));
        }

        return answer;
    }

    /// <returns>Whether the app was there, and took it.</returns>
    public async Task<bool> ApproveAsync(string call) =>
        await person.TryPostAsync($"/api/tool-calls/{call}/approve", new JsonObject { ["scope"] = "once" }) is not null;

    /// <summary>The call of an answer that waits for the person; null where none does.</summary>
    public async Task<string?> PendingAsync(Guid answer) =>
        (await MessageAsync(answer))["tool_calls"]!.AsArray().FirstOrDefault(call => (string)call!["status"]! == "pending") is { } call
            ? (string)call["id"]!
            : null;

    public async Task<bool> IsOverAsync(Guid answer) => await StateAsync(answer) is not "waiting" and var state && !IsAtWork(state);

    private static bool IsAtWork(string state) => state is "pending" or "streaming";

    private async Task<string> StateAsync(Guid answer) => (string)(await MessageAsync(answer))["state"]!;

    private async Task<JsonNode> MessageAsync(Guid answer) => (await person.GetAsync($"/api/messages/{answer}"))["message"]!;
}
