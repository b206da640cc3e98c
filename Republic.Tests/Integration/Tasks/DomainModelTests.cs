using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>The tables of the domain model that tasks and chats are, field by field.</summary>
public sealed class DomainModelTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_task_its_comments_and_its_files_have_every_field()
    {
        var api = republic.Jonas.Api;
        var task = (await api.PostAsync("/api/tasks", new { title = "Every field" }))["task"]!;
        var path = $"/api/tasks/{(string?)task["id"]}";
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "a.bin" } };
        using var sent = await api.Http.PostAsync($"{path}/attachments", form, TestContext.Current.CancellationToken);

        Has(
            task,
            "id title description status created_by assigned_to assigned_by parent_id depends_on_id created_at updated_at assigned_at"
        );
        Has(
            (await api.PostAsync($"{path}/comments", new { content = "Done?" }))["comment"]!,
            "id task_id user_id content created_at updated_at"
        );
        Has(
            (await api.GetAsync($"{path}/attachments"))["attachments"]![0]!,
            "id task_id user_id file_name file_url file_size mime_type uploaded_at"
        );
    }

    [Fact]
    public async Task A_conversation_its_messages_and_participants_have_every_field()
    {
        var api = republic.Jonas.Api;
        var minion = await republic.Jonas.NewMinionAsync("every-field");
        var chat = (await api.PostAsync("/api/conversations", new { participants = new[] { minion.Id } }))["conversation"]!;
        var sent = await api.PostAsync($"/api/conversations/{(string?)chat["id"]}/messages", new { content = "Hello" });

        Has(chat, "id title is_active created_by related_id related_type created_at updated_at");
        Has(chat["participants"]![0]!, "id conversation_id user_id is_active joined_at last_read_at");
        Has(sent["message"]!, "id conversation_id sender_id content status reply_to_id created_at");
    }

    private static void Has(JsonNode json, string fields) =>
        Assert.Empty(fields.Split(' ').Except(json.AsObject().Select(field => field.Key), StringComparer.Ordinal));
}
