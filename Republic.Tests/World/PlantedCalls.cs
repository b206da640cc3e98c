using System.Text.Json;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Tools;
using Republic.Core.Tools.Servers;

namespace Republic.Tests.World;

/// <summary>
/// An answer in the database that waits for its person to decide on two calls of a server's tool. Where one is decided on, the other one still
/// waits, and the answer with it.
/// </summary>
internal sealed record PlantedCalls(Guid Message, Guid Server, Guid First, Guid Second)
{
    private const string Schema = """
        {
            "type": "object",
            "properties": {"title": {"type": "string", "minLength": 3}, "labels": {"type": "array", "items": {"type": "string"}}},
            "required": ["title"],
            "additionalProperties": false
        }
        """;

    /// <param name="isOn">The tool is switched on for the minion.</param>
    public static async Task<PlantedCalls> MakeAsync(IRepublic republic, Inhabitant person, Guid minion, bool isOn = true)
    {
        ArgumentNullException.ThrowIfNull(republic);
        ArgumentNullException.ThrowIfNull(person);
        var chats = new PlantedChats(republic, person, minion);
        var chat = await chats.ChatAsync(teaches: false);
        var message = (await chats.AnswersAsync(chat, 1, score: null, change: Wait)).Single();
        return await republic.QueryAsync(async db =>
        {
            var now = DateTimeOffset.UnixEpoch.AddYears(50);
            var server = new ToolServer
            {
                OwnerId = person.Id,
                Name = $"forge {Guid.CreateVersion7():N}",
                Url = "https://forge.example.org/mcp",
                Tools = [new ServerTool("create_issue", "Creates an issue.", JsonElement.Parse(Schema), "f00d") { SaysReadOnly = true }],
                CreatedAt = now,
                UpdatedAt = now,
            };
            db.ToolServers.Add(server);
            if (isOn)
            {
                db.MinionTools.Add(
                    new MinionTool
                    {
                        OwnerId = person.Id,
                        MinionId = minion,
                        ServerId = server.Id,
                        Tool = "create_issue",
                        CreatedAt = now,
                    }
                );
            }

            var calls = Enumerable.Range(0, 2).Select(i => Call(person.Id, minion, message, server, i)).ToList();
            db.ToolCalls.AddRange(calls);
            await db.SaveChangesAsync();
            return new PlantedCalls(message, server.Id, calls[0].Id, calls[1].Id);
        });
    }

    private static void Wait(Message answer) => answer.State = TurnState.Waiting;

    private static ToolCall Call(Guid person, Guid minion, Guid message, ToolServer server, int position) =>
        new()
        {
            // Of one moment they would be in no order.
            Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(position)),
            OwnerId = person,
            MinionId = minion,
            MessageId = message,
            Round = 0,
            Position = position,
            Offset = 0,
            CallId = $"c{position}",
            Name = "create_issue",
            Tool = "create_issue",
            ServerId = server.Id,
            Server = "forge",
            DefinitionHash = "f00d",
            Arguments = """{"title":"A leak"}""",
            Status = ToolCallStatus.Pending,
            IsUnasked = false,
            // Not so long ago that it would have expired.
            AskedAt = TimeProvider.System.GetUtcNow(),
        };
}
