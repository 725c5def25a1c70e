"""A foreign peer of the tutorial's server: python-socketio, as apt has it. Commands come by stdin, what is heard goes to stdout, as JSON lines."""
import asyncio, json, sys
import socketio

client = socketio.AsyncClient(reconnection=False)


def tell(event, value=None):
    print(json.dumps([event, value]), flush=True)


for name in ("current_presence", "presence_update", "game_info", "game_info_error"):
    client.on(name, lambda value, name=name: tell(name, value))


async def main():
    url, user_id = sys.argv[1:]
    await client.connect(url, auth={"user_id": user_id}, transports=["websocket"])
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        event, value = json.loads(line)
        if event == "disconnect":
            await client.disconnect()
            break
        await client.emit(event, value)


asyncio.run(main())
