using System.Text.Json;
using System.Text.RegularExpressions;
using RestateCloud.Cedar.Tests.Oracle;
using RestateCloud.Cedar.Tests.Validation.Generated;

namespace RestateCloud.Cedar.Tests.Schemas;

/// <summary>
/// Schemas with a word or two changed, left out or put elsewhere: both implementations must agree on which are still
/// schemas.
/// </summary>
public sealed partial class SchemaSyntaxDifferentialTests(CedarWasm reference)
{
    private const int OrdinarySchemas = 300;

    private static readonly string[] Words =
    [
        "entity", "action", "type", "namespace", "in", "enum", "tags", "appliesTo", "attributes", "principal", "resource", "context", "Set", "Long", "String", "Bool",
        "ipaddr", "__cedar", "App", "User", "T0", "is", "{", "}", "[", "]", "<", ">", "(", ")", ":", "::", ";", ",", "=", "?", "@", "@doc", "\"a\"", "\"\\u{41}\"", "\"\\q\"", "1", ".", "==", "// x\n",
    ];

    [Fact]
    public Task Spoiled_schemas_in_the_Cedar_syntax_are_refused_exactly_where_the_reference_refuses_them() => CompareAsync(
        choices => Spoil(new CedarSchemaWriter(new SchemaPlanGenerator(choices).Plan(), choices).Write(), choices, Words),
        text => JsonSerializer.Serialize(text),
        text => Schema.Parse(text));

    [Fact]
    public Task Spoiled_schemas_in_the_JSON_syntax_are_refused_exactly_where_the_reference_refuses_them() => CompareAsync(
        choices => Spoil(new JsonSchemaWriter(new SchemaPlanGenerator(choices).Plan(), choices).Write(), choices,
            ["\"type\"", "\"name\"", "\"Entity\"", "\"Set\"", "\"Record\"", "\"Long\"", "\"\"", "\"a b\"", "\"App\"", "\"__cedar\"", "\"in\"", "\"App::User\"", "\" User\"", "\"required\"", "\"attributes\"", "\"annotations\"", "null", "true", "1", "{}", "[]", "[\"User\"]"]),
        text => text,
        text => Schema.ParseJson(text));

    [GeneratedRegex("""[A-Za-z_0-9]+|"[^"]*"|::|\s+|.""")]
    private static partial Regex Tokens { get; }

    private static string Spoil(string text, Choices choices, string[] words)
    {
        var tokens = Tokens.Matches(text).Select(match => match.Value).Where(token => token != " ").ToList();
        for (var changes = choices.Of(1, 1, 2); changes > 0 && tokens.Count > 1; changes--)
        {
            var at = choices.Below(tokens.Count);
            switch (choices.Below(5))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens[at] = choices.Of<string>(words);
                    break;
                case 2:
                    tokens.Insert(at, choices.Of<string>(words));
                    break;
                case 3:
                    tokens.Insert(at, tokens[choices.Below(tokens.Count)]);
                    break;
                default:
                    var other = choices.Below(tokens.Count);
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
            }
        }

        return string.Join(" ", tokens);
    }

    private Task CompareAsync(Func<Choices, string> generate, Func<string, string> call, Func<string, Schema> parse) =>
        DifferentialRun.ForEachAsync(OrdinarySchemas, async (choices, cancellation) =>
        {
            var text = generate(choices);
            if (await reference.AskAsync("checkParseSchema", call(text), cancellation) is not { } answer) return null;
            var accepted = answer.GetProperty("type").GetString() == "success";
            try
            {
                parse(text);
                return accepted ? null : $"the reference refuses it: {answer}\n{text}";
            }
            catch (CedarParseException error)
            {
                return accepted ? $"the reference reads it, we refuse it: {error.Message}\n{text}" : null;
            }
        });
}
