using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Tests.Unit.Llama.Grammars;

/// <summary>JSON schemas made at random, as deep as asked for, of which each can be satisfied.</summary>
internal sealed class SeededSchemas(int seed)
{
    private static readonly string[] Patterns =
    [
        "^[a-z]{2,6}$",
        "^[A-Z]{2}-\\d{3,5}$",
        "^(red|green|blue)+$",
        "\\d\\.\\d",
        "^.{1,8}$",
        "^[^\"a]{3}",
        "x$",
    ];
    private static readonly string[] Formats = ["date", "date-time", "time", "uuid", "ipv4", "email", "uri", "hostname"];
    private static readonly string[] Names = ["name", "a b", "naïve", "quote\"d", "back\\slash", "n", "größe", "id", "日本"];
    private readonly SeededRandom random = new((ulong)seed);

    public JsonObject Next(int depth = 4) =>
        random.Next(depth > 0 ? 12 : 7) switch
        {
            0 => Text(),
            1 => Number(),
            2 => Integer(),
            3 => new JsonObject { ["type"] = "boolean" },
            4 => new JsonObject { ["enum"] = new JsonArray("one", "two \"three\"", 4, true, null) },
            5 => new JsonObject { ["const"] = new JsonObject { ["fixed"] = new JsonArray(1, "é\n") } },
            6 => new JsonObject
            {
                ["type"] = new JsonArray("string", "null", "integer"),
                ["minLength"] = 1,
                ["minimum"] = -3,
            },
            7 => Array(depth - 1),
            8 => new JsonObject { ["anyOf"] = new JsonArray(Next(depth - 1), Next(depth - 1), Next(depth - 1)) },
            9 => Map(depth - 1),
            _ => Object(depth - 1),
        };

    private JsonObject Text() =>
        random.Next(4) switch
        {
            0 => new JsonObject { ["type"] = "string" },
            1 => new JsonObject { ["type"] = "string", ["pattern"] = Patterns[random.Next(Patterns.Length)] },
            2 => new JsonObject { ["type"] = "string", ["format"] = Formats[random.Next(Formats.Length)] },
            _ => new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = random.Next(4),
                ["maxLength"] = (4 + random.Next(86)),
            },
        };

    private JsonObject Number()
    {
        var number = new JsonObject { ["type"] = "number" };
        var least = (-2000 + random.Next(4000)) / 100m;
        if (random.Next(3) > 0)
        {
            number[random.Next(2) == 0 ? "minimum" : "exclusiveMinimum"] = least;
        }

        if (random.Next(3) > 0)
        {
            number[random.Next(2) == 0 ? "maximum" : "exclusiveMaximum"] = least + 1 + ((1 + random.Next(8999)) / 10m);
        }

        return number;
    }

    private JsonObject Integer()
    {
        var number = new JsonObject { ["type"] = "integer" };
        var least = (-500 + random.Next(1000));
        if (random.Next(3) > 0)
        {
            number["minimum"] = least;
        }

        if (random.Next(3) > 0)
        {
            number["maximum"] = least + (20 + random.Next(2980));
        }

        if (random.Next(4) == 0)
        {
            number["multipleOf"] = (1 + random.Next(8));
        }

        return number;
    }

    private JsonObject Array(int depth)
    {
        var least = random.Next(3);
        var array = new JsonObject
        {
            ["type"] = "array",
            ["items"] = Next(depth),
            ["minItems"] = least,
        };
        if (random.Next(2) == 0)
        {
            array["maxItems"] = least + (1 + random.Next(3));
        }

        if (random.Next(4) == 0)
        {
            array["prefixItems"] = new JsonArray(Next(depth), Next(depth));
            array["maxItems"] = least + 4;
        }

        return array;
    }

    private JsonObject Object(int depth)
    {
        var names = Names.OrderBy(_ => random.NextUInt64()).Take((1 + random.Next(4))).ToList();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject([.. names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, Next(depth)))]),
            ["required"] = new JsonArray([.. names.Where(_ => random.Next(3) > 0).Select(name => JsonValue.Create(name))]),
        };
        if (random.Next(2) == 0)
        {
            schema["additionalProperties"] = false;
        }

        return schema;
    }

    private JsonObject Map(int depth) => new() { ["type"] = "object", ["additionalProperties"] = Next(depth) };
}
